import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { PublicKey } from '@placet/contract';
import { createVerifyPage } from './verify-page.js';

const KEY: PublicKey = { kty: 'OKP', crv: 'Ed25519', x: 'x', kid: '</script><script>alert(1)' };
const CODE = 'start(\'$&\', \'$1\', "</" + "script>");';

describe('createVerifyPage', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'placet-page-'));
    await writeFile(join(folder, 'verify.js'), CODE);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const at = (path: string) => new URL(`../../public/${path}`, import.meta.url);
  const setup = (script = join(folder, 'verify.js')) =>
    createVerifyPage({
      keys: [KEY],
      files: { page: at('verify.html'), style: at('verify.css'), script: pathToFileURL(script) },
    });
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

  it('is one file: script, style and keys stand in it', async () => {
    const html = await (await setup().respond()).text();
    assert.ok(html.includes(`<script>${CODE}</script>`));
    const [, keys = ''] = /id="keys">([^<]*)<\/script>/.exec(html) ?? [];
    assert.deepEqual(JSON.parse(keys), { keys: [KEY] });
    assert.doesNotMatch(html, /src=|<link|url\(|@import|POLICY/);
  });

  it('may run and load nothing but what stands in it, where it was saved too (C-08)', async () => {
    const response = await setup().respond();
    const html = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    const [, meta = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    assert.equal(policy, `${meta}; frame-ancestors 'none'`);
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(html) ?? [];
    assert.equal(
      meta,
      `default-src 'none'; script-src ${hash(CODE)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`,
    );
  });

  it('is not there in a checkout that was not built, and is once it was', async () => {
    const page = setup(join(folder, 'later.js'));
    await assert.rejects(page.respond(), { code: 'request/not-found' });
    await writeFile(join(folder, 'later.js'), CODE);
    assert.equal((await page.respond()).status, 200);
  });
});
