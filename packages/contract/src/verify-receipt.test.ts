import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { PublicKey, SignedReceipt } from './consent-record.js';
import { change, leavesOf, signed } from './testing/forging.js';
import { RECEIPT } from './testing/receipt.js';
import { verifyReceipt, type ReceiptCheckName } from './verify-receipt.js';

const KEYS = RECEIPT.keys!;
const copy = () => structuredClone(RECEIPT) as SignedReceipt;

/** What a check says, by its name. */
async function outcome(receipt: SignedReceipt, keys?: readonly PublicKey[]) {
  const { ok, checks } = await verifyReceipt(receipt, { keys });
  const details = Object.fromEntries(checks.map(({ name, detail }) => [name, detail]));
  return { ok, ...(details as Record<ReceiptCheckName, string>) };
}

describe('verifyReceipt', () => {
  it('finds a receipt right that the server gave out (G-03, 001-34)', async () => {
    assert.deepEqual(await outcome(RECEIPT, KEYS), {
      ok: true,
      signature: 'valid',
      keys: 'valid',
      record: 'valid',
      evidence: 'valid',
      inclusion: 'valid',
      checkpoint: 'valid',
    });
  });

  it('does not call a receipt right whose key nobody vouches for', async () => {
    const found = await outcome(RECEIPT);
    assert.equal(found.ok, undefined);
    assert.equal(found.keys, 'no-keys');
  });

  it('knows a receipt that another key signed throughout', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const { x } = publicKey.export({ format: 'jwk' }) as { x: string };
    const forged = copy();
    const { kid } = KEYS[0]!;
    forged.keys = [{ kty: 'OKP', crv: 'Ed25519', x, kid }];
    forged.jws = signed(forged.receipt, privateKey, kid);
    delete forged.proof;
    const found = await outcome(forged, KEYS);
    assert.equal(found.signature, 'valid');
    assert.equal(found.keys, 'unknown-key');
    assert.equal(found.ok, false);
  });

  it('finds every receipt wrong in which a value was changed, wherever it stands', async () => {
    const paths = leavesOf(RECEIPT);
    assert.ok(paths.length > 100);
    for (const path of paths) {
      const forged = copy();
      change(forged, path, (value) =>
        typeof value === 'number'
          ? value + 1
          : typeof value === 'boolean'
            ? !value
            : `${value as string} `,
      );
      assert.equal((await outcome(forged, KEYS)).ok, false, path.join(' > '));
    }
  });

  it('finds every receipt wrong in which a letter was changed', async () => {
    const texts = leavesOf(RECEIPT).filter((path) => {
      const value = path.reduce<unknown>(
        (node, key) => (node as Record<string, unknown>)[key],
        RECEIPT,
      );
      return typeof value === 'string' && value.length > 0;
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), fc.nat(), fc.nat(), async (path, at, to) => {
        const forged = copy();
        change(forged, path, (value) => {
          const letters = [...(value as string)];
          const place = at % letters.length;
          const other = [...'0aZ-_"'].filter((letter) => letter !== letters[place]);
          letters[place] = other[to % other.length]!;
          return letters.join('');
        });
        assert.equal((await outcome(forged, KEYS)).ok, false);
      }),
      { numRuns: 300 },
    );
  });

  it('never calls a receipt right from which something was taken away', async () => {
    for (const part of ['jws', 'record', 'evidence', 'proof', 'keys'] as const) {
      const forged = copy();
      delete forged[part];
      assert.notEqual((await outcome(forged, KEYS)).ok, true, part);
    }
  });

  it('says of a receipt that is not in the log yet that this could not be checked', async () => {
    const early = copy();
    delete early.proof;
    const found = await outcome(early, KEYS);
    assert.deepEqual(
      [found.ok, found.inclusion, found.checkpoint],
      [undefined, 'unsealed', 'unsealed'],
    );
    assert.equal(found.signature, 'valid');
  });

  it('takes no signature that names another algorithm or asks for what it does not know', async () => {
    const [, payload, end] = RECEIPT.jws!.split('.');
    const { kid } = KEYS[0]!;
    for (const header of [
      { alg: 'none', kid },
      { alg: 'HS256', kid },
      { alg: 'EdDSA', kid, crit: ['b64'] },
    ]) {
      const head = Buffer.from(JSON.stringify(header)).toString('base64url');
      const forged = { ...copy(), jws: `${head}.${payload}.${end}` };
      assert.equal((await outcome(forged, KEYS)).signature, 'altered');
    }
  });

  it('finds the register at odds with a receipt that its own key signed', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const { x } = publicKey.export({ format: 'jwk' }) as { x: string };
    const key: PublicKey = { kty: 'OKP', crv: 'Ed25519', x, kid: 'own' };
    const text = JSON.stringify(RECEIPT.receipt);
    for (const [from, to] of [
      ['"dpv:ConsentRefused"', '"dpv:ConsentGiven"'],
      ['2027-12-22', '2028-12-22'],
      ['"placet:months":13', '"placet:months":12'],
      ['"dpv:hasName":"Maison Tilleul"', '"dpv:hasName":"Another"'],
    ] as const) {
      const receipt = JSON.parse(text.replaceAll(from, to)) as Record<string, unknown>;
      const lie = {
        ...copy(),
        receipt,
        jws: signed(receipt, privateKey, 'own'),
        keys: [key, ...KEYS],
      };
      const found = await outcome(lie, [key, ...KEYS]);
      assert.deepEqual(
        [found.signature, found.record, found.ok],
        ['valid', 'altered', false],
        from,
      );
    }
  });

  it('calls nothing wrong that this browser cannot check', async (test) => {
    const importKey = crypto.subtle.importKey.bind(crypto.subtle) as (
      ...args: unknown[]
    ) => unknown;
    test.mock.method(crypto.subtle, 'importKey', (...args: unknown[]) => {
      if ((args[2] as { name: string }).name !== 'Ed25519') return importKey(...args);
      throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
    });
    const found = await outcome(RECEIPT, KEYS);
    assert.deepEqual(
      [found.ok, found.signature, found.checkpoint, found.inclusion],
      [undefined, 'unsupported', 'unsupported', 'valid'],
    );
  });

  it('never throws, whatever it is given', async () => {
    for (const garbage of [
      null,
      undefined,
      1,
      'x',
      {},
      [],
      { receipt: null, jws: 1, proof: {}, keys: 3 },
    ])
      assert.notEqual((await verifyReceipt(garbage as unknown as SignedReceipt)).ok, true);
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (anything) => {
        assert.notEqual((await verifyReceipt(anything as SignedReceipt, { keys: KEYS })).ok, true);
      }),
      { numRuns: 200 },
    );
  });
});
