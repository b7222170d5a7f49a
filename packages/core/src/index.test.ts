import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

/** What a server's global object looks like. */
const globals = () => Reflect.ownKeys(globalThis).map(String).sort();

describe('@placet/core on a server', () => {
  it('can be imported, in both builds, and leaves no trace: nothing runs at import', async () => {
    assert.equal('document' in globalThis, false);
    const before = globals();
    const listeners = process.eventNames();
    await Promise.all([import('./index.js'), import('./index.dev.js')]);
    // The loader of TypeScript's sources may leave its own mark, in its own words.
    const added = globals().filter((name) => !before.includes(name) && !/esbuild|tsx/i.test(name));
    assert.deepEqual(added, []);
    assert.deepEqual(process.eventNames(), listeners);
  });

  it('exports in development all that it exports in production, and its own tools besides', async () => {
    const production = Object.keys(await import('./index.js'));
    const development = Object.keys(await import('./index.dev.js'));
    assert.deepEqual(
      production.filter((name) => !development.includes(name)),
      [],
    );
    assert.deepEqual(development.filter((name) => !production.includes(name)).sort(), [
      'createWarner',
      'watchDevelopment',
    ]);
  });

  it('calls the development build’s engine by the same name', async () => {
    const [production, development] = await Promise.all([
      import('./index.js'),
      import('./index.dev.js'),
    ]);
    assert.notEqual(production.createPrivacy, development.createPrivacy);
    assert.equal(production.startPrivacy, development.startPrivacy);
  });
});
