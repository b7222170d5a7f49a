import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { checkTools } from './check-tools.js';
import { keyOf, signWebhook, verifyWebhook } from './webhook.js';

const newSecret = (size = 32) => `whsec_${randomBytes(size).toString('base64')}`;

describe('webhooks (Standard Webhooks)', () => {
  const secret = newSecret();
  const now = new Date('2026-11-22T12:00:00.999Z');
  const id = '0192f3c0-0000-7000-8000-000000000001';

  it('are signed as the specification’s own library signs', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 24, max: 64 }),
        (body, size) => {
          const own = newSecret(size);
          const headers = signWebhook({ id, body, at: now }, own);
          assert.equal(headers['webhook-signature'], new Webhook(own).sign(id, now, body));
          assert.deepEqual(
            [headers['webhook-id'], headers['webhook-timestamp']],
            [id, String(Math.floor(now.getTime() / 1000))],
          );
        },
      ),
    );
    const at = new Date();
    const body = '{"type":"subscription.granted"}';
    assert.deepEqual(new Webhook(secret).verify(body, signWebhook({ id, body, at }, secret)), {
      type: 'subscription.granted',
    });
  });

  const sent = (body: string, by = secret, at = now) =>
    new Headers({
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(by).sign(id, at, body),
    });
  const changed = (headers: Headers, name: string, value: string) => {
    const copy = new Headers(headers);
    copy.set(name, value);
    return copy;
  };

  it('of the specification’s own library are taken, as text and as bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (body) => {
        assert.ok(verifyWebhook(sent(body), body, [secret], now));
        assert.ok(verifyWebhook(sent(body), Buffer.from(body), [secret], now));
      }),
    );
  });

  it('are refused if anything of them was changed, or another one signed', () => {
    const body = '{"contact":"claire@example.org"}';
    const headers = sent(body);
    const seconds = Math.floor(now.getTime() / 1000);
    assert.ok(verifyWebhook(headers, body, [newSecret(), secret], now), 'any of the secrets');
    assert.ok(!verifyWebhook(headers, body, [], now));
    assert.ok(!verifyWebhook(headers, body, [newSecret()], now));
    assert.ok(!verifyWebhook(headers, body, ['whsec_', ''], now), 'no secret is no key');
    assert.ok(!verifyWebhook(headers, body.replace('claire', 'clairo'), [secret], now));
    assert.ok(!verifyWebhook(changed(headers, 'webhook-id', 'another'), body, [secret], now));
    assert.ok(
      !verifyWebhook(
        changed(headers, 'webhook-timestamp', String(seconds + 1)),
        body,
        [secret],
        now,
      ),
    );
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
      const copy = new Headers(headers);
      copy.delete(name);
      assert.ok(!verifyWebhook(copy, body, [secret], now), name);
    }
    for (const signature of [
      'v1,',
      'v1',
      'v1,AAAA',
      'v2,AAAA',
      headers.get('webhook-signature')!.slice(3),
    ])
      assert.ok(
        !verifyWebhook(changed(headers, 'webhook-signature', signature), body, [secret], now),
      );
    for (const timestamp of ['', 'now', '1e9', `-${seconds}`, ` ${seconds}.5`])
      assert.ok(
        !verifyWebhook(changed(sent(body), 'webhook-timestamp', timestamp), body, [secret], now),
      );
  });

  it('may carry several signatures, while secrets are changed', () => {
    const body = '{}';
    const headers = sent(body);
    const other = new Webhook(newSecret()).sign(id, now, body);
    const both = `v1a,AAAA ${other} ${headers.get('webhook-signature')!}`;
    assert.ok(verifyWebhook(changed(headers, 'webhook-signature', both), body, [secret], now));
  });

  it('are refused when they are more than five minutes off, either way', () => {
    const body = '{}';
    const off = (seconds: number) =>
      verifyWebhook(
        sent(body, secret, now),
        body,
        [secret],
        new Date(now.getTime() - 999 + seconds * 1000),
      );
    assert.deepEqual([-301, -300, 300, 301].map(off), [false, true, true, false]);
  });
});

describe('the settings of tools', () => {
  const tool = { id: 'crm', url: 'https://crm.example/hooks', secret: newSecret() };
  const refused = (given: object, sentence: RegExp) =>
    assert.throws(() => checkTools([{ ...tool, ...given }], ['default']), {
      code: 'config/invalid',
      message: sentence,
    });

  it('are taken where they make sense', () => {
    checkTools([], []);
    checkTools([tool, { ...tool, id: 'esp-2', sites: ['default'] }], ['default']);
    for (const host of ['localhost', '127.0.0.1', '[::1]'])
      checkTools([{ ...tool, url: `http://${host}:8080/hook` }], ['default']);
    for (const size of [24, 64]) assert.equal(keyOf(newSecret(size))?.length, size);
    assert.ok(keyOf(newSecret(25).replace(/=+$/, '')));
  });

  it('are refused where they do not, in a sentence that says what to write', () => {
    refused({ id: 'CRM 1' }, /lower-case/);
    for (const url of [
      'http://crm.example/',
      'crm.example',
      'https://',
      'ftp://a',
      'http://localhost.evil.example/',
      42,
    ])
      refused({ url }, /https:\/\//);
    for (const secret of [
      '',
      'secret',
      'whsec_',
      newSecret(23),
      newSecret(65),
      'whsec_!!!!',
      `${newSecret()} `,
    ])
      refused({ secret }, /whsec_ and base64/);
    refused({ url: 'https://crm.example@evil.example/' }, /names a user/);
    refused({ sites: ['other'] }, /"other"/);
    assert.throws(() => checkTools([tool, tool], ['default']), { message: /Two tools/ });
  });

  it('never show a secret', () => {
    try {
      checkTools([{ ...tool, secret: 'whsec_precious' }], ['default']);
      assert.fail();
    } catch (error) {
      assert.ok(!String(error).includes('precious'));
    }
  });
});
