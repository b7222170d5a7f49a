import {
  boxesOfNotice,
  DEFAULT_SITE,
  PlacetError,
  ageOf,
  canonicalOptIn,
  choiceKey,
  contactKindOf,
  missingContacts,
  neededContacts,
  type ContactKind,
  type OptIn,
  type OptInResult,
} from '@placet/contract';
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.js';
import type { Keys } from '../keys.js';
import { sealText } from '../register/evidence.js';
import type { KnownOptIn, OptInEntry } from '../register/register.js';
import { parseAddress, type Address } from './address.js';
import { checkOptIn } from './check-opt-in.js';
import { claimContacts, type Claimed } from './claim.js';
import { epochOf } from './contact.js';
import { evidenceOf, groundProblem, objectionsIn } from './ground.js';
import { takeTurn } from './limits.js';
import { checkNotice } from './notice.js';
import { configOf, type Parts } from './parts.js';
import { PENDING_DAYS, writeWanted } from './pending.js';
import { standOnOtherGround } from './other-grounds.js';
import { Repeated, digestOf, sameBefore } from './repeated.js';
import { noteEntries } from './state.js';
import type { Submitted } from './subscriptions.js';
import { inTransaction } from './transactions.js';

/** See `SubscriptionService.submit`. */
export async function submit(
  parts: Parts,
  optIn: OptIn,
  submitted: Submitted,
): Promise<OptInResult> {
  checkOptIn(configOf(parts, optIn.site ?? DEFAULT_SITE), optIn, submitted);
  const problem = groundProblem(optIn);
  if (problem === undefined) return take(parts, optIn, submitted);
  // Whoever objects is heard, whatever the host left out (001-38).
  const objections = objectionsIn(parts, optIn);
  if (objections.choices.length > 0) await take(parts, objections, submitted, optIn.choices);
  throw new PlacetError('request/invalid', problem);
}

/** @param shown every box of the form, where that is more than what is taken of it */
async function take(
  parts: Parts,
  optIn: OptIn,
  submitted: Submitted,
  shown = optIn.choices,
): Promise<OptInResult> {
  const site = optIn.site ?? DEFAULT_SITE;
  const config = configOf(parts, site);
  const { basis = 'consent', language } = optIn;
  const addresses = addressesOf(optIn, config.marketing?.country);
  // What a withdrawal from here on overtakes cannot be confirmed.
  const epochs = new Map(
    await Promise.all(
      addresses.map(
        async (address) =>
          [address, await epochOf(parts.database.sql, parts, site, address)] as const,
      ),
    ),
  );
  const guardian = guardianOf(optIn, addresses);
  const { notice, text, store } = await checkNotice(
    parts,
    { site, language, basis, choices: shown },
    optIn.notice,
  );
  const asked = boxesOfNotice(text, basis);
  // Nobody has to be asked to object.
  const needsAsking = optIn.choices.filter(({ granted }) => granted || basis === 'consent');
  if (needsAsking.some((choice) => !asked.has(choiceKey(choice))))
    throw new PlacetError('opt-in/unknown-choice', 'The notice did not ask for it.');

  // The notice by its hash, however it was sent.
  const said = digestOf(parts, 'opt-in', canonicalOptIn({ ...optIn, notice }));
  const known = await sameBefore(parts, { site, id: optIn.id, said });
  if (known) return answerOf(optIn, known);
  if (addresses.length === 0)
    return resultOf(optIn, { notice, receivedAt: parts.now().toISOString() });

  const entry = entryOf({ optIn, submitted, site, addresses, guardian, notice, said });
  try {
    await inTransaction(parts.database.sql, async (transaction) => {
      const wanted = addresses.map((address) => ({ address, language }));
      const claimed = await claimContacts(transaction, parts, site, wanted);
      await store(transaction);
      const record = await parts.register.enter(transaction, entry, submitted);
      if (record === undefined) throw new Repeated();
      await noteEntries(
        transaction,
        site,
        claimed.map(({ contact }) => ({ contact: contact.id, record })),
      );
      if (basis === 'consent')
        await wait(transaction, parts, { site, optIn, claimed, epochs, guardian, record });
      else await standOnOtherGround(transaction, parts, { site, optIn, claimed, record, basis });
    });
  } catch (error) {
    if (!(error instanceof Repeated)) throw error;
  }
  parts.register.sealSoon(site);
  parts.outgoing.wake();
  const stored = await sameBefore(parts, { site, id: optIn.id, said });
  if (!stored) throw new PlacetError('server/unavailable', 'It was erased at the same time.');
  return answerOf(optIn, stored);
}

/** Puts down what is to be confirmed, and has the messages sent that ask for it. */
async function wait(
  transaction: Transaction<Tables>,
  parts: Parts,
  given: {
    site: string;
    optIn: OptIn;
    claimed: readonly Claimed[];
    epochs: ReadonlyMap<Address, number>;
    guardian: Address | undefined;
    record: string;
  },
): Promise<void> {
  const { site, optIn, claimed, epochs, guardian, record } = given;
  const age = ageOf(optIn);
  const expires = new Date(parts.now());
  expires.setUTCDate(expires.getUTCDate() + PENDING_DAYS);
  for (const { address, contact } of claimed)
    await transaction
      .insertInto('pending_opt_in')
      .values({
        site,
        record,
        contact: contact.id,
        epoch: epochs.get(address)!,
        wanted: writeWanted({
          choices: optIn.choices.filter(
            ({ channel, granted }) => granted && contactKindOf(channel) === address.kind,
          ),
          language: optIn.language,
          ...(optIn.frequency && { frequency: optIn.frequency }),
          ...(age && { age }),
        }),
        guardian: guardian ? sealGuardian(parts.keys, guardian.value) : null,
        code_attempts: 0,
        expires_at: expires,
      })
      .execute();
  // A parent agrees to all of it at once; the contacts themselves are asked after that.
  const asked = guardian ? claimed.slice(0, 1) : claimed;
  for (const { address, contact } of asked) {
    const { kind, value } = guardian ?? address;
    if (await takeTurn(transaction, parts, site, value))
      await parts.outgoing.confirmation(transaction, { site, record, contact: contact.id, kind });
  }
}

function sealGuardian(keys: Keys, address: string): Buffer {
  const { key, data } = sealText(keys.contact, address);
  return Buffer.concat([key, data]);
}

function addressesOf(optIn: OptIn, country: string | undefined): Address[] {
  const missing = missingContacts(optIn);
  return neededContacts(optIn)
    .filter((kind) => !missing.includes(kind))
    .map((kind) => parseAddress(kind, optIn.contacts[kind]!, country));
}

function guardianOf({ guardian }: OptIn, addresses: readonly Address[]): Address | undefined {
  if (!guardian) return undefined;
  const address = parseAddress('email', guardian.email, undefined);
  if (addresses.some(({ value }) => value === address.value))
    throw new PlacetError('contact/invalid', 'In `guardian`: it is the child’s own.');
  return address;
}

function entryOf(given: {
  optIn: OptIn;
  submitted: Submitted;
  site: string;
  addresses: readonly Address[];
  guardian: Address | undefined;
  notice: { version: string; hash: string };
  said: string;
}): OptInEntry {
  const { optIn, submitted, site, addresses, guardian, notice, said } = given;
  const { id, at, basis = 'consent', frequency, gesture, language, page, conditions } = optIn;
  const kinds = addresses.map(({ kind }) => kind);
  const age = ageOf(optIn);
  return {
    site,
    id,
    act: 'asked',
    how: submitted.how,
    at,
    // Of what nobody can be reached for, nothing is kept.
    choices: optIn.choices.filter(
      ({ channel, granted }) => !granted || kinds.includes(contactKindOf(channel)),
    ),
    basis,
    ...(age && { age }),
    ...(basis !== 'consent' && conditions && { conditions }),
    ...(frequency && { frequency }),
    notice,
    gesture,
    language,
    page,
    about: {
      ...Object.fromEntries(addresses.map(({ kind, value }) => [kind, value])),
      ...(guardian && { guardian: guardian.value }),
      ...evidenceOf(optIn),
      said,
    },
  };
}

function answerOf(optIn: OptIn, { leaf }: KnownOptIn): OptInResult {
  return resultOf(optIn, { notice: leaf.notice!, receivedAt: leaf.receivedAt });
}

/** Made of what was said alone: it cannot tell who is known. */
function resultOf(
  optIn: OptIn,
  { notice, receivedAt }: Pick<OptInResult, 'notice' | 'receivedAt'>,
): OptInResult {
  const missing = missingContacts(optIn);
  const reached = neededContacts(optIn).filter((kind) => !missing.includes(kind));
  const kinds: readonly ContactKind[] = optIn.guardian && reached.length > 0 ? ['email'] : reached;
  const isConsent = (optIn.basis ?? 'consent') === 'consent';
  return {
    id: optIn.id,
    receivedAt,
    notice: { version: notice.version, hash: notice.hash },
    confirm: isConsent ? [...kinds] : [],
    missing: [...missing],
  };
}
