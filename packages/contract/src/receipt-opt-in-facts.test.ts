import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import type { PublicKey, SignedReceipt } from './consent-record.js';
import { change, leavesOf, signed } from './testing/forging.js';
import { OPT_IN_RECEIPTS } from './testing/opt-in-receipts.js';
import { verifyReceipt } from './verify-receipt.js';

const copyOf = (receipt: SignedReceipt) => structuredClone(receipt);

describe('verifyReceipt, of opt-ins', () => {
  for (const [act, golden] of Object.entries(OPT_IN_RECEIPTS)) {
    const keys = golden.keys!;

    it(`finds a receipt right that the server gave out: ${act} (001-34)`, async () => {
      const { ok, checks } = await verifyReceipt(golden, { keys });
      assert.equal(ok, true);
      for (const { name, detail } of checks) assert.equal(detail, 'valid', name);
    });

    it(`finds it wrong when any value in it was changed: ${act}`, async () => {
      const paths = leavesOf(golden);
      assert.ok(paths.length > 60);
      for (const path of paths) {
        const forged = copyOf(golden);
        change(forged, path, (value) =>
          typeof value === 'number'
            ? value + 1
            : typeof value === 'boolean'
              ? !value
              : `${value as string} `,
        );
        assert.equal((await verifyReceipt(forged, { keys })).ok, false, path.join(' > '));
      }
    });

    it(`never calls it right when something was taken away: ${act}`, async () => {
      for (const part of ['jws', 'record', 'evidence', 'proof', 'keys'] as const) {
        const forged = copyOf(golden);
        delete forged[part];
        assert.notEqual((await verifyReceipt(forged, { keys })).ok, true, part);
      }
    });
  }

  const LIES: readonly (readonly [keyof typeof OPT_IN_RECEIPTS, from: string, to: string])[] = [
    ['confirmed', '"dpv:ConsentGiven"', '"dpv:ConsentWithdrawn"'],
    ['confirmed', '"newsletter/email/default"', '"newsletter/sms/default"'],
    ['confirmed', '"newsletter/email/default"', '"newsletter/email/partner"'],
    ['confirmed', '"dpv:hasName":"Maison Tilleul"', '"dpv:hasName":"Another"'],
    ['confirmed', '"placet:act":"confirmed"', '"placet:act":"imported"'],
    ['confirmed', '"placet:basis":"consent"', '"placet:basis":"soft-opt-in"'],
    ['confirmed', '"placet:frequency":"monthly"', '"placet:frequency":"weekly"'],
    ['confirmed', '"placet:frequency":"monthly",', ''],
    ['confirmed', '"placet:follows":"urn:uuid:01', '"placet:follows":"urn:uuid:02'],
    ['confirmed', '"dpv:hasIndicationMethod":"link"', '"dpv:hasIndicationMethod":"code"'],
    ['changed', '"dpv:ConsentWithdrawn"', '"dpv:ConsentGiven"'],
    ['changed', '"placet:frequency":null,', ''],
    ['changed', '"placet:pausedUntil":"2026', '"placet:pausedUntil":"2027'],
    ['changed', '"placet:trusted":true', '"placet:trusted":false'],
    ['changed', '"placet:control":"save"', '"placet:control":"submit"'],
    ['changed', '"placet:sha256":"84', '"placet:sha256":"85'],
    ['changed', '"dpv:isIndicatedAtTime":"2026', '"dpv:isIndicatedAtTime":"2025'],
    ['changed', '"placet:skew":-2', '"placet:skew":-3'],
    ['changed', '"placet:site":"default"', '"placet:site":"other"'],
  ];
  for (const [act, from, to] of LIES)
    it(`finds the register at odds with a receipt that its own key signed: ${from} → ${to || 'nothing'}`, async () => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const { x } = publicKey.export({ format: 'jwk' }) as { x: string };
      const key: PublicKey = { kty: 'OKP', crv: 'Ed25519', x, kid: 'own' };
      const golden = OPT_IN_RECEIPTS[act];
      const text = JSON.stringify(golden.receipt);
      assert.ok(text.includes(from), 'The receipt says it.');
      const receipt = JSON.parse(text.replaceAll(from, to)) as Record<string, unknown>;
      const keys = [key, ...golden.keys!];
      const lie = { ...copyOf(golden), receipt, jws: signed(receipt, privateKey, 'own'), keys };
      const { ok, checks } = await verifyReceipt(lie, { keys });
      const detail = (name: string) => checks.find((each) => each.name === name)?.detail;
      assert.deepEqual([detail('signature'), detail('record'), ok], ['valid', 'altered', false]);
    });
});
