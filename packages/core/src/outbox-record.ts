import {
  RESTORED,
  canonicalNotice,
  type ConsentRecord,
  type Decision,
  type NoticePart,
} from '@placet/contract';
import type { Privacy } from './privacy.js';

const LANGUAGE = /^[a-z]{2,3}(-[a-z\d]{2,8}){0,6}$/i;
const CONTROL = /^[a-z][a-z-]{0,31}$/;

/**
 * What the register is told of a decision.
 *
 * A decision that was read from its cookie says nothing of the gesture and the notice; the record
 * then says that, and names what the choice was about.
 */
export function recordOf(
  { config, language }: Pick<Privacy, 'config' | 'language'>,
  decision: Decision,
  { origin, pathname }: Pick<Location, 'origin' | 'pathname'> = location,
): ConsentRecord {
  const { id, at, months, granted, denied, notice: version, gesture, replaces } = decision;
  const { site, regime = 'opt-in' } = config!;
  const spoken = LANGUAGE.test(language) ? language : 'und';
  const control = gesture?.control ?? RESTORED;
  return {
    ...{ id, at, months, granted, denied, regime },
    notice: { version, text: plainNotice(config!, version, spoken, gesture ? 'api' : RESTORED) },
    // Pages call things as they like, and the register takes no free text.
    gesture: { control: CONTROL.test(control) ? control : 'api', trusted: !!gesture?.trusted },
    language: spoken,
    page: (origin + pathname).replace(/@/g, '%40').slice(0, 2048),
    ...(site && { site }),
    ...(replaces && { replaces }),
  };
}

/** What was decided about, where nothing of ours showed it. */
function plainNotice(
  { controller, purposes }: NonNullable<Privacy['config']>,
  version: string,
  language: string,
  layer: string,
): string {
  return canonicalNotice([
    ['layer', layer],
    ['version', version],
    ['language', language],
    ['controller', controller?.name ?? '', controller?.privacyUrl ?? ''],
    ...purposes.flatMap(({ id, services = [] }): NoticePart[] => [
      ['purpose', id],
      ...services.map((service): NoticePart => ['service', service.id]),
    ]),
  ]);
}
