import { createHash } from 'node:crypto';
import {
  contactKindOf,
  controllersOf,
  DEFAULT_CONTROLLER,
  type Channel,
  type ContactKind,
  type Frequency,
  type OptInChoice,
  type SiteConfig,
} from '@placet/contract';
import { parseAddress } from '../subscriptions/address.js';
import type { ImportedContact } from '../subscriptions/subscriptions.js';
import { hasCardNumber } from './card-number.js';
import type { Column, Places } from './columns.js';
import { readDate, readSource } from './evidence.js';
import { readGround } from './read-ground.js';
import { refuse, words } from './row-fault.js';

/** What a row is read with. */
export interface RowReader {
  site: string;
  config: SiteConfig;
  places: Places;
  /** Of the whole file, where its rows do not say. */
  source: string | undefined;
  now: Date;
}

const CHANNEL_NAMES: Readonly<Record<Channel, RegExp>> = {
  email: /^(e-?mail|mail|courriel)$/,
  sms: /^(sms|texto|text)$/,
  phone: /^(phone|call|calls|telephone|appel|appels)$/,
};

const FREQUENCY_NAMES: Readonly<Record<Frequency, RegExp>> = {
  weekly: /^(weekly|hebdomadaire|once a week|une fois par semaine)$/,
  monthly: /^(monthly|mensuel|mensuelle|once a month|une fois par mois)$/,
  quarterly: /^(quarterly|trimestriel|trimestrielle)$/,
};

/** Longer than anything that a form showed. */
const LONGEST = 4_000;

/**
 * What a row says: one contact, or two that reach the same person. Without proof — when, on which
 * words, and how or where — it comes in without consent (001-09, 002-28).
 *
 * @throws {RowFault} for what has to be mended in the file
 */
export function readRow(cells: readonly string[], reader: RowReader): ImportedContact[] {
  const { site, config, places, now } = reader;
  if (cells.some(hasCardNumber)) refuse('It holds what looks like the number of a payment card.');
  const cell = (column: Column) => {
    const at = places[column];
    const text = (at === undefined ? '' : (cells[at] ?? '')).trim();
    if (text.length > LONGEST) refuse(`"${column}" is longer than ${LONGEST} characters.`);
    return text;
  };
  const found = (['email', 'phone'] as const).flatMap((kind) => {
    const text = cell(kind);
    return text === '' ? [] : [{ kind, contact: addressIn(kind, text, config) }];
  });
  if (found.length === 0) refuse('It has neither an e-mail address nor a telephone number.');

  const sourceText = cell('source') || (reader.source ?? '');
  const source = sourceText === '' ? undefined : readSource(sourceText);
  if (source === 'bought')
    refuse('Its source is a list: only addresses that people gave themselves can be imported.');
  const [wording, reference, date] = [cell('wording'), cell('reference'), cell('consented_at')];
  const at = date === '' ? undefined : dateIn(date, now);
  if (source === 'unknown') refuse('Its source is none of web, app, paper, oral, sale.');
  const ground = readGround(cell, source);
  const choices = ground.isProven
    ? choicesIn(
        cell,
        config,
        found.map(({ kind }) => kind),
      )
    : [];
  const frequency = frequencyIn(cell('frequency'));
  const language = cell('language');
  if (language !== '' && !/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,6}$/.test(language))
    refuse('"language" is no code of a language, such as fr.');
  return found.map(({ kind, contact }) => {
    const said: Omit<ImportedContact, 'id'> = {
      site,
      contact,
      kind,
      language: language || config.language || 'en',
      choices: choices.filter(({ channel }) => contactKindOf(channel) === kind),
      basis: ground.basis,
      ...(ground.conditions.length > 0 && { conditions: ground.conditions }),
      ...(ground.role && { role: ground.role }),
      ...(at && { at: at.toISOString() }),
      ...(wording && { wording }),
      ...(source !== undefined && source !== 'passive' && { source }),
      ...(reference && { reference }),
      ...(frequency && { frequency }),
    };
    return { ...said, id: idOf(said) };
  });
}

function addressIn(kind: ContactKind, text: string, { marketing }: SiteConfig): string {
  try {
    return parseAddress(kind, text, marketing?.country).value;
  } catch {
    return refuse(
      kind === 'email'
        ? '"email" cannot be an e-mail address.'
        : '"phone" cannot be a telephone number; write it with the country code.',
    );
  }
}

function dateIn(text: string, now: Date): Date {
  const date = readDate(text);
  if (!date) return refuse('"consented_at" is no date; write 2024-05-31, or 31/05/2024.');
  if (date > now) return refuse('"consented_at" is in the future.');
  return date;
}

function choicesIn(
  cell: (column: Column) => string,
  config: SiteConfig,
  kinds: readonly ContactKind[],
): OptInChoice[] {
  const { topics = [], channels = [] } = config.marketing ?? {};
  const named = words(cell('topic'));
  const asked = named.length > 0 ? named : topics.length === 1 ? topics.map(({ id }) => id) : [];
  if (asked.length === 0) refuse('"topic" is missing: consent is to something.');
  if (!asked.every((each) => topics.some(({ id }) => id === each)))
    refuse('"topic" is none of the site’s topics.');
  const ways = words(cell('channel'));
  // An address was given for what it serves; a number serves two things, so it has to be said.
  const by = ways.length > 0 ? ways.map(channelOf) : kinds.includes('email') ? ['email'] : [];
  if (by.length === 0) refuse('"channel" is missing: write sms or phone.');
  if (!by.every((each) => channels.some((channel) => channel === each)))
    refuse('"channel" is none of the site’s channels.');
  if (!by.every((each) => kinds.includes(contactKindOf(each as Channel))))
    refuse('"channel" needs a contact that the row does not have.');
  const controller = cell('controller') || DEFAULT_CONTROLLER;
  const senders = controllersOf(config);
  const sender = senders.find(({ id, name }) => id === controller || name === controller);
  if (!sender && (cell('controller') !== '' || senders.length !== 1))
    refuse('"controller" is none of those who send for the site.');
  return asked.flatMap((topic) =>
    by.map((channel) => ({
      topic,
      channel: channel as Channel,
      controller: sender?.id ?? senders[0]!.id,
      granted: true,
    })),
  );
}

function channelOf(name: string): string {
  const found = Object.entries(CHANNEL_NAMES).find(([, form]) => form.test(name.toLowerCase()));
  return found?.[0] ?? refuse('"channel" is none of email, sms, phone.');
}

function frequencyIn(text: string): Frequency | undefined {
  if (text === '') return undefined;
  const found = Object.entries(FREQUENCY_NAMES).find(([, form]) => form.test(text.toLowerCase()));
  return (found?.[0] ?? refuse('"frequency" is none of weekly, monthly, quarterly.')) as Frequency;
}

/** The same for the same row in whichever file, at whichever place. */
function idOf(said: Omit<ImportedContact, 'id'>): string {
  const hash = createHash('sha256').update(JSON.stringify(said)).digest('hex');
  // A UUID of version 8: made of what the owner of the format likes.
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ];
  return parts.join('-');
}
