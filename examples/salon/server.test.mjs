import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createSalon } from './server.mjs';
import { LANGUAGES, PAGES } from './site/pages.mjs';
import { renderSite } from './site/render.mjs';

const scriptDir = mkdtempSync(join(tmpdir(), 'salon-'));
writeFileSync(join(scriptDir, 'placet.js'), '/* engine */');
mkdirSync(join(scriptDir, 'a1z2'));
writeFileSync(join(scriptDir, 'a1z2/banner.js'), '/* banner */');
after(() => rmSync(scriptDir, { recursive: true }));

const salon = createSalon({ scriptDir });
const get = (url, headers = {}) => salon({ method: 'GET', url, headers });
const pages = [...renderSite()].filter(([, body]) => typeof body === 'string');

test('answers every page, and every link inside the site leads somewhere', () => {
  const links = new Set(PAGES.flatMap((page) => Object.values(page.path)));
  for (const [, html] of pages) {
    for (const [, href] of html.matchAll(/\shref="(\/[^"#]*)"/g)) links.add(href);
  }
  for (const link of links) assert.equal(get(link).status, 200, link);
});

test('installs Placet first in the head of every page, before anything it holds', () => {
  for (const [path, html] of pages) {
    const scripts = [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    assert.equal(scripts[0], '<script type="application/json" id="placet-config">', path);
    assert.equal(scripts[1], '<script src="/placet/placet.js">', path);
    for (const tag of scripts.slice(2)) assert.match(tag, /type="text\/plain"/, path);
  }
});

test('loads nothing from elsewhere by itself', () => {
  for (const [path, html] of pages) {
    const loaded = html.match(/<(?:script|iframe|img|link)\b[^>]*\s(?:src|href)="https?:[^>]*>/g);
    for (const tag of loaded ?? []) assert.match(tag, /type="text\/plain"/, `${path}: ${tag}`);
  }
});

test('holds things only for purposes and services that the config declares', () => {
  for (const [path, html] of pages) {
    const { purposes } = JSON.parse(/id="placet-config">(.*?)<\/script>/s.exec(html)[1]);
    const known = purposes.flatMap(({ id, services }) => [id, ...services.map(({ id }) => id)]);
    for (const [, id] of html.matchAll(/(?:data-placet(?:-service)?|purpose|service)="(\S+)"/g)) {
      assert.ok(known.includes(id), `${path}: ${id}`);
    }
  }
});

test('offers a way to reopen the choice on every page but the article', () => {
  for (const language of LANGUAGES) {
    for (const { key, path } of PAGES) {
      const offered = get(path[language]).body.includes('data-placet-open');
      assert.equal(offered, key !== 'article', path[language]);
    }
  }
});

test('lets a browser keep hashed modules for good and ask again for the rest', () => {
  assert.match(get('/placet/a1z2/banner.js').headers['cache-control'], /immutable/);
  const script = get('/placet/placet.js');
  assert.equal(script.headers['cache-control'], 'no-cache');
  assert.equal(script.headers['content-type'], 'text/javascript; charset=utf-8');
  assert.equal(get('/placet/placet.js', { 'if-none-match': script.headers.etag }).status, 304);
});

test('never answers with a file outside its folders', () => {
  for (const url of [
    '/placet/../server.mjs',
    '/placet/%2e%2e%2fserver.mjs',
    '/placet/..%5c..%5cpackage.json',
    '/script-tag/../salon/package.json',
    '/script-tag/%2e%2e/salon/package.json',
    '/../package.json',
    '/%00',
    '/%E0%A4%A',
  ]) {
    assert.equal(get(url).status, 404, url);
  }
});

test('answers an unknown address with a page in its language, and a missing slash with the page', () => {
  assert.match(get('/rien').body, /<html lang="fr">/);
  assert.match(get('/en/nothing').body, /<html lang="en">/);
  assert.equal(get('/soins?de=fr').headers.location, '/soins/?de=fr');
  assert.equal(salon({ method: 'POST', url: '/', headers: {} }).status, 405);
});
