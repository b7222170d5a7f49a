import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { canonicalNotice } from '@placet/contract';
import { createApp as createExpressApp } from './express.mjs';
import { config, createPlacet } from './placet.mjs';
import { createApp as createNodeApp } from './plain-node.mjs';

/** Registers a decision with an app that listens, and answers what came back. */
async function decide(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  const text = canonicalNotice([['version', config.notice]]);
  const response = await fetch(`${url}/placet/consents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      id: crypto.randomUUID(),
      at: new Date().toISOString(),
      notice: { version: config.notice, text },
      months: 13,
      granted: ['analytics'],
      denied: ['marketing'],
      gesture: { control: 'save', trusted: true },
      regime: 'opt-in',
      language: 'en',
      page: `${url}/`,
    }),
  });
  const page = await fetch(`${url}/`);
  server.close();
  server.closeAllConnections();
  return { status: response.status, cookie: response.headers.get('set-cookie'), page };
}

describe('Placet inside a server of one’s own', () => {
  for (const [name, listen] of [
    ['Express', (placet) => createServer(createExpressApp(placet))],
    ['plain Node', createNodeApp],
  ]) {
    it(`registers a decision and leaves the other pages alone: ${name}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'placet-express-'));
      const placet = await createPlacet(folder);
      try {
        const { status, cookie, page } = await decide(listen(placet));
        assert.equal(status, 201);
        assert.match(cookie, /^placet=/);
        assert.match(await page.text(), /Atelier Brume/);
      } finally {
        await placet.close();
        rmSync(folder, { recursive: true });
      }
    });
  }
});
