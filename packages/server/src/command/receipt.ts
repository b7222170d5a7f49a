import { readFile } from 'node:fs/promises';
import { verifyReceipt, type PublicKey } from '@placet/contract';
import { signedReceiptSchema } from '@placet/contract/schema';
import * as z from 'zod/mini';
import { deriveKeys } from '../keys.js';
import { readStorage, type Environment } from '../settings.js';
import { say, type Command } from './command.js';
import { readKeys } from './keys.js';

const STATES = new Map([
  [true, 'right'],
  [false, 'WRONG'],
  [undefined, 'not checked'],
]);

/** Exits with 0 if the receipt is genuine, 1 if not, 2 if not all of it could be checked. */
export const receiptCommand: Command = {
  usage: 'FILE [--keys FILE]',
  summary:
    'check a person’s receipt, with the keys saved from /keys or those of PLACET_SECRET; exits with 0 genuine, 1 not, 2 not checked in full',
  words: 1,
  options: { keys: 'string' },
  failure: 2,
  async run({ words: [file = ''], options }, { env, stdout }) {
    const keys = (await readKeys(options['keys'])) ?? ownKeys(env);
    const { success, data } = z.safeParse(signedReceiptSchema, parse(await readFile(file, 'utf8')));
    if (!success) throw new Error(`${file} is no receipt.`);
    const { ok, checks } = await verifyReceipt(data, { keys });
    for (const { name, ok: isRight, detail } of checks)
      say(stdout, `${name}: ${STATES.get(isRight)} (${detail})`);
    say(
      stdout,
      ok
        ? 'The receipt is genuine.'
        : ok === false
          ? 'The receipt is NOT genuine.'
          : 'Nothing is wrong, but not all could be checked.',
    );
    return ok ? 0 : ok === false ? 1 : 2;
  },
};

/** Only a secret that was given: a receipt can be checked where there is no register. */
function ownKeys(env: Environment): readonly PublicKey[] | undefined {
  const secret = env['PLACET_SECRET'];
  if (!secret) return undefined;
  readStorage(env);
  return [deriveKeys(secret).signing.jwk];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
