import {
  canonicalJson,
  controllersOf,
  skewOf,
  type Age,
  type Basis,
  type Frequency,
  type Gesture,
  type OptInAct,
  type OptInChoice,
  type OptInWay,
} from '@placet/contract';
import type { ConfigVersion } from './configs.js';
import type { OptInEntry } from './register.js';

/** What the log's leaf says of an opt-in, a withdrawal or an import: nothing that tells whose it was. */
export interface OptInLeaf {
  v: 1;
  kind: 'opt-in';
  /** The entry's own id, a UUIDv7. */
  id: string;
  site: string;
  /** Names at that time, by id, of those whose messages it is about. */
  controllers: Readonly<Record<string, string>>;
  /** SHA-256 of the site's configuration at that time, hex. */
  config: string;
  act: OptInAct;
  how: OptInWay;
  at: string;
  receivedAt: string;
  /** Seconds by which the clock of whoever did it was ahead. */
  skew: number;
  choices: readonly OptInChoice[];
  basis?: Basis;
  /** What was answered to the question about the age, where the site asks (GDPR art. 8). */
  age?: Age;
  /** What was shown to hold, for `soft-opt-in` (E-05). */
  conditions?: readonly string[];
  /** `null`: no wish any more. */
  frequency?: Frequency | null;
  pausedUntil?: string | null;
  notice?: { version: string; hash: string };
  gesture?: Gesture;
  language: string;
  /** Of the page. */
  origin?: string;
  /** The entry that this one confirms. */
  follows?: string;
  /** Commitment to the evidence, hex. */
  evidence: string;
}

/** Spells out a leaf. */
export function optInLeafOf(
  entry: OptInEntry,
  { config, hash }: ConfigVersion,
  added: Pick<OptInLeaf, 'id' | 'receivedAt' | 'evidence'>,
): OptInLeaf {
  const { site, act, how, at, choices, basis, age, conditions, frequency, pausedUntil } = entry;
  const { notice, gesture, language, page, follows } = entry;
  const named = new Map(controllersOf(config).map(({ id, name }) => [id, name]));
  const about = [...new Set(choices.map(({ controller }) => controller))];
  return {
    v: 1,
    kind: 'opt-in',
    id: added.id,
    site,
    controllers: Object.fromEntries(about.map((id) => [id, named.get(id) ?? id])),
    config: hash,
    act,
    how,
    at,
    receivedAt: added.receivedAt,
    skew: skewOf(at, added.receivedAt),
    choices: choices.map(({ topic, channel, controller, granted }) => ({
      topic,
      channel,
      controller,
      granted,
    })),
    ...(basis && { basis }),
    ...(age && { age }),
    ...(conditions && { conditions }),
    ...(frequency !== undefined && { frequency }),
    ...(pausedUntil !== undefined && { pausedUntil }),
    ...(notice && { notice: { version: notice.version, hash: notice.hash } }),
    ...(gesture && { gesture: { control: gesture.control, trusted: gesture.trusted } }),
    language,
    ...(page !== undefined && { origin: new URL(page).origin }),
    ...(follows !== undefined && { follows }),
    evidence: added.evidence,
  };
}

/** The leaf's bytes. */
export function optInBodyOf(leaf: OptInLeaf): string {
  return canonicalJson(leaf);
}
