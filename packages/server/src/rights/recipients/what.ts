import type { Correction, LocalText } from '@placet/contract';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/tables.js';
import type { CategoryDescription, SystemDescription } from '../../systems/system.js';
import { systemsOf, type RightsParts } from '../parts.js';
import { correctedOf, isUncorrected } from '../requests/corrected.js';
import { detailsOf, findRequest } from '../requests/row.js';
import type { Notice } from './notice.js';
import type { Recipient } from './recipients.js';

/** A correction with what the place is called, for people. */
export interface NamedCorrection extends Correction {
  names: { system: LocalText; category: LocalText; field: LocalText };
}

/** What a recipient is told besides whose data it is. */
export interface What {
  /** Of a rectification: what is right now, of the data that the recipient gets. */
  corrections?: readonly NamedCorrection[];
  /** Of an objection. */
  against?: 'marketing' | 'other';
}

/**
 * Read off the request whenever it is needed, so that nothing of it lies about: once the request
 * was destroyed, nothing is told any more.
 */
export async function whatOf(
  parts: RightsParts,
  { site, request, event }: Pick<Notice, 'site' | 'request' | 'event'>,
  recipient: Recipient,
): Promise<What> {
  const { sql } = parts.database;
  const row = await findRequest(sql, site, request);
  const details = row && detailsOf(parts.keys, row);
  if (!details) return {};
  if (event === 'objection') return { against: details.against ?? 'marketing' };
  if (event !== 'rectification') return {};
  const made = (await correctedOf(sql, parts, row)) ?? [];
  const corrections = made.flatMap((each) => namedFor(parts, site, recipient, each));
  return corrections.length > 0 ? { corrections } : {};
}

/** Whether staff found that nothing was wrong: then there is nothing to tell anybody. */
export async function isUnchanged(
  database: Kysely<Tables>,
  parts: RightsParts,
  { site, request, event }: Pick<Notice, 'site' | 'request' | 'event'>,
): Promise<boolean> {
  if (event !== 'rectification') return false;
  const row = await findRequest(database, site, request);
  return row !== undefined && isUncorrected(database, parts, row);
}

/** Nobody learns by a correction what they never had: only what the category says that they get. */
function namedFor(
  parts: RightsParts,
  site: string,
  { name }: Recipient,
  correction: Correction,
): NamedCorrection[] {
  const system = systemsOf(parts, site)
    .find(({ id }) => id === correction.system)
    ?.describe();
  const category = system?.categories.find(({ id }) => id === correction.category);
  if (!system || !category?.recipients?.includes(name)) return [];
  return [{ ...correction, names: namesOf(system, category, correction) }];
}

function namesOf(
  { name }: SystemDescription,
  { label, fields = [] }: CategoryDescription,
  { field }: Correction,
): NamedCorrection['names'] {
  const known = fields.find(({ id }) => id === field);
  return { system: name, category: label, field: known?.label ?? field };
}
