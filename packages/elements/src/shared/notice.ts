import {
  canonicalNotice,
  clampMonths,
  localText,
  type NoticePart,
  type SiteConfig,
} from '@placet/contract';
import { countServices, LAYERS, shownPurposes, type GetText } from './shown.js';

/** The canonical text of what a layer shows, in its order; dates are left as places, so that it is the same each day. */
export function shownNotice(
  layer: keyof typeof LAYERS,
  config: SiteConfig,
  language: string,
  text: GetText,
  explanation = '',
): string {
  const { controller, notice, months } = config;
  const purposes = shownPurposes(config, language, text);
  const head: readonly NoticePart[] =
    layer === 'banner'
      ? [
          ['title', text('bannerTitle')],
          ['text', explanation || text('bannerText', { controller: controller.name })],
          ['services', text('bannerServices', { count: countServices(purposes) })],
        ]
      : [
          ['title', text('panelTitle')],
          ['text', text('panelText')],
        ];
  return canonicalNotice([
    ['layer', layer],
    ['version', notice],
    ['language', language],
    ['controller', controller.name, controller.privacyUrl],
    ...head,
    ...purposes.flatMap(({ id, label, description, services }): NoticePart[] => [
      ['purpose', id, label, description],
      ...services.flatMap((service): NoticePart[] => [
        ['service', service.id, service.name, service.owner],
        ...(service.cookies ?? []).map((cookie): NoticePart => [
          'cookie',
          cookie.name,
          localText(cookie.duration, language) ?? '',
        ]),
      ]),
    ]),
    ['months', String(clampMonths(months))],
    ['lasts', text('lasts')],
    ...LAYERS[layer].map((choice): NoticePart => ['choice', choice, text(choice)]),
  ]);
}

/** The canonical text of an embed's placeholder. */
export function embedNotice(
  { controller, notice }: SiteConfig,
  language: string,
  [title, text, always]: readonly [string, string, string],
): string {
  return canonicalNotice([
    ['layer', 'embed'],
    ['version', notice],
    ['language', language],
    ['controller', controller.name, controller.privacyUrl],
    ['title', title],
    ['text', text],
    ['choice', 'always', always],
  ]);
}
