import {
  optInForm,
  type Capabilities,
  type GetOptInText,
  type OptInForm,
  type SiteConfig,
  type VisitorAdapter,
} from '@placet/contract';
import type { OptInAttributes } from './attributes.js';

/** What an opt-in form depends on besides its attributes. */
export interface ShownFormOptions {
  config: SiteConfig | undefined;
  adapter: VisitorAdapter | undefined;
  /** What the adapter offers, once it has said so. */
  offered: Capabilities | undefined;
  language(): string;
  text: GetOptInText;
}

/**
 * What a widget shows; `undefined` where it cannot work: nothing to ask for, no words, or nobody
 * to send it to. A backend that has not answered yet is taken to offer what the config says. An
 * objection shows only where the host sends it: it alone knows its customers.
 */
export function shownForm(
  widget: Pick<
    OptInAttributes,
    'form' | 'deliver' | 'basis' | 'topics' | 'channels' | 'controllers'
  >,
  { config, adapter, offered, language, text }: ShownFormOptions,
): OptInForm | undefined {
  if (!config?.marketing) return undefined;
  const isInside = !!widget.form;
  const isOffered = adapter?.subscriptions && (!offered || offered.subscriptions);
  const isHosts = isInside && widget.deliver === 'host';
  if (!isHosts && (!isOffered || widget.basis !== 'consent')) return undefined;
  const names = (list: string) => list.match(/\S+/g) ?? undefined;
  const offers: readonly string[] = offered?.subscriptions?.channels ?? config.marketing.channels;
  const form = optInForm({
    ...{ config, language: language(), text, isInside },
    topics: names(widget.topics),
    channels: names(widget.channels)?.filter((each) => offers.includes(each)) ?? offers,
    controllers: names(widget.controllers),
    basis: widget.basis,
  });
  return form.boxes.length && form.title ? form : undefined;
}
