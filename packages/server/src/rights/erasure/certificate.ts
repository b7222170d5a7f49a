import {
  canonicalJson,
  type PreviewedSystem,
  type Scope,
  type ToldRecipient,
} from '@placet/contract';
import type { Transaction } from 'kysely';
import type { SettledHow, Tables } from '../../database/tables.js';
import { signJws } from '../../receipts/jws.js';
import { hashToken, newToken } from '../../subscriptions/tokens.js';
import type { RightsParts } from '../parts.js';

/** What remains of an erasure: what was done, when, and why something stays. It names no one. */
export interface Certificate {
  certificate: 'erasure';
  v: 1;
  request: string;
  site: string;
  scope: Scope;
  /** BCP 47, of its texts. */
  language: string;
  /** ISO 8601, UTC, as all its times. */
  receivedAt: string;
  executedAt: string;
  completedAt: string;
  systems: readonly PreviewedSystem[];
  /** What was settled before, and how. */
  checklist: readonly { item: string; how: SettledHow; at: string }[];
  /** Who else was told, and what they had said by then. */
  recipients: readonly ToldRecipient[];
}

/** A certificate as it was signed. */
export interface SignedCertificate {
  certificate: Certificate;
  /** Compact JWS (RFC 7515) over the same as canonical JSON. */
  jws: string;
}

/** Signs and stores it. @returns the token of the person's link to it; only its hash is stored */
export async function issueCertificate(
  transaction: Transaction<Tables>,
  { keys }: RightsParts,
  certificate: Certificate,
): Promise<string> {
  const token = newToken();
  const { site, request: id, completedAt } = certificate;
  const body = signJws(canonicalJson(certificate), keys);
  const at = new Date(completedAt);
  await transaction
    .insertInto('certificate')
    .values({ site, id, token: hashToken(token), body, at })
    .execute();
  return token;
}

/** What a link shows; `undefined` for what opens nothing. */
export async function findCertificate(
  { database }: RightsParts,
  token: string,
): Promise<SignedCertificate | undefined> {
  const row = await database.sql
    .selectFrom('certificate')
    .select('body')
    .where('token', '=', hashToken(token))
    .executeTakeFirst();
  if (!row) return undefined;
  const [, payload = ''] = row.body.split('.');
  const json = Buffer.from(payload, 'base64url').toString('utf8');
  return { certificate: JSON.parse(json) as Certificate, jws: row.body };
}
