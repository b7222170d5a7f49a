import type * as z from 'zod/mini';
import { isNecessary, type Purpose } from '../config.js';
import { DEFAULT_SIGNALS } from '../signals.js';
import { loose, looseList, reporter, sameIds, type Loose, type Report } from './loose.js';
import { marketingRules } from './marketing-rules.js';
import { quote } from './say.js';
import { coversCookie, trackerOwner } from './trackers.js';
import { isNoRefusal, isReadable, isVagueAcceptance, readsTheSame } from './wording.js';

type Refinement = z.core.$RefinementCtx;

/** What js-cookie may write, less room for the id, the time, a long notice version and the name. */
const COOKIE_ROOM = 3200;

/**
 * The rules that span several keys. They run on whatever was written, so that a
 * site owner sees every fault at once: nothing here may trust the form of it.
 */
export function crossRules(config: unknown, context: Refinement): void {
  const report = reporter(context);
  const { purposes: written, cookie } = loose(config);
  marketingRules(loose(config), report);
  const purposes = looseList(written);
  if (!Array.isArray(written)) return;

  if (purposes.every((purpose) => necessary(purpose))) {
    report(
      ['purposes'],
      'Nothing here is asked of the visitor',
      'Add a purpose that can be refused. A site with necessary cookies only needs no banner.',
    );
  }
  sameIds(purposes, ['purposes'], report);
  purposes.forEach((purpose, index) => {
    const path = ['purposes', index];
    ownLabel(purpose, path, report);
    if (necessary(purpose)) trulyNecessary(purpose, path, report);
    else spareChoiceCookie(purpose, loose(cookie)['name'] ?? 'placet', path, report);
    serviceIds(purpose, purposes, path, report);
  });
  fitsCookie(purposes, report);
}

/** Rules for own wording: every button says what it does, and refusing stays refusing (DP-03, DP-13). */
export function textRules(written: unknown, context: Refinement): void {
  const report = reporter(context);
  const texts = loose(written);
  for (const [name, text] of Object.entries(texts)) {
    if (typeof text !== 'string') continue;
    if (/\S/.test(text) && !isReadable(text)) {
      report(
        [name],
        `The text \`${name}\` shows nothing`,
        "Write a text, or delete the key to keep Placet's own.",
      );
    }
  }
  const { accept, refuse } = texts;
  if (typeof accept === 'string' && isVagueAcceptance(accept)) {
    report(
      ['accept'],
      `${quote(accept)} does not say that it accepts (DP-13)`,
      'Write what the button does: "Accept all", « Tout accepter ».',
    );
  }
  if (typeof refuse !== 'string') return;
  if (isNoRefusal(refuse) || (typeof accept === 'string' && readsTheSame(accept, refuse))) {
    report(
      ['refuse'],
      `${quote(refuse)} does not say that it refuses (DP-13)`,
      'Write what the button does: "Refuse all", « Tout refuser », « Continuer sans accepter ».',
    );
  }
}

function serviceIds(
  purpose: Loose,
  purposes: readonly Loose[],
  path: readonly PropertyKey[],
  report: Report,
): void {
  const services = looseList(purpose['services']);
  sameIds(services, [...path, 'services'], report);
  services.forEach(({ id }, index) => {
    if (typeof id === 'string' && purposes.some((other) => other['id'] === id)) {
      report(
        [...path, 'services', index, 'id'],
        `The id ${quote(id)} is a purpose's already`,
        'Give the service an id of its own, such as the name of the tool.',
      );
    }
  });
}

function ownLabel({ id, label }: Loose, path: readonly PropertyKey[], report: Report): void {
  if (typeof id !== 'string' || label !== undefined || Object.hasOwn(DEFAULT_SIGNALS, id)) return;
  report(
    [...path, 'label'],
    `The purpose ${quote(id)} has no label`,
    'Add what the visitor reads: "label": "…". Only necessary, preferences, analytics and marketing bring their own.',
  );
}

/** An "essential" advertising or audience cookie is a consent never asked for (DP-18, D-12). */
function trulyNecessary(purpose: Loose, path: readonly PropertyKey[], report: Report): void {
  const { id, signals } = purpose;
  const followed = Array.isArray(signals)
    ? (signals as readonly unknown[])
    : typeof id === 'string' && Object.hasOwn(DEFAULT_SIGNALS, id)
      ? DEFAULT_SIGNALS[id]!
      : [];
  if (id === 'marketing' || followed.some((each) => /^(ad_|analytics_)/.test(String(each)))) {
    report(
      [...path, Array.isArray(signals) ? 'signals' : 'necessary'],
      'Advertising and Google Analytics are never strictly necessary (DP-18)',
      'Delete it, and let a purpose that the visitor can refuse carry it.',
    );
  }
  looseList(purpose['services']).forEach((service, at) =>
    looseList(service['cookies']).forEach(({ name }, index) => {
      const owner = typeof name === 'string' ? trackerOwner(name) : undefined;
      if (!owner) return;
      report(
        [...path, 'services', at, 'cookies', index, 'name'],
        `${quote(name)} is a tracker's cookie (${owner}), which is never strictly necessary (DP-18)`,
        'Move the service to a purpose that the visitor can refuse.',
      );
    }),
  );
}

/** Withdrawing a purpose deletes its cookies; the choice itself must not be among them. */
function spareChoiceCookie(
  purpose: Loose,
  own: unknown,
  path: readonly PropertyKey[],
  report: Report,
): void {
  looseList(purpose['services']).forEach((service, at) =>
    looseList(service['cookies']).forEach(({ name }, index) => {
      if (typeof name !== 'string' || !coversCookie(name, String(own))) return;
      report(
        [...path, 'services', at, 'cookies', index, 'name'],
        `${quote(name)} covers the cookie that holds the visitor's choice`,
        'Write a narrower name.',
      );
    }),
  );
}

/** A browser drops a cookie of more than 4 kB without a word, and the choice with it. */
function fitsCookie(purposes: readonly Loose[], report: Report): void {
  const entries = purposes
    .filter((purpose) => !necessary(purpose))
    .flatMap(({ id, services }) => [
      String(id),
      ...looseList(services).map((service) => `${String(id)}/${String(service['id'])}`),
    ]);
  if (
    encodeURIComponent(`${JSON.stringify(entries)}`.replace(/[\ud800-\udfff]/g, '')).length >
    COOKIE_ROOM
  ) {
    report(
      ['purposes'],
      'The ids of these purposes and services are too long for one cookie',
      'Write shorter ids, or fewer services.',
    );
  }
}

function necessary(purpose: Loose): boolean {
  return isNecessary(purpose as unknown as Purpose);
}
