import { expect } from '@open-wc/testing';
import { scriptPolicy } from './trusted.js';

describe('the Trusted Types policy', () => {
  const KEY = Symbol.for('placet.policy');
  const page = globalThis as { [KEY]?: unknown; trustedTypes?: unknown };
  const native = Object.getOwnPropertyDescriptor(globalThis, 'trustedTypes');
  const stub = (value: unknown) =>
    Object.defineProperty(globalThis, 'trustedTypes', { value, configurable: true });
  let former: unknown;
  beforeEach(() => {
    former = page[KEY];
    delete page[KEY];
  });
  afterEach(() => {
    delete page.trustedTypes;
    if (native) Object.defineProperty(globalThis, 'trustedTypes', native);
    page[KEY] = former;
  });

  it('is made once on a page and named placet: later copies of this code find the first one’s', () => {
    const names: string[] = [];
    stub({
      createPolicy(name: string, rules: object) {
        if (names.includes(name)) throw new TypeError(`Policy ${name} is there already`);
        names.push(name);
        return { ...rules };
      },
    });
    const policy = scriptPolicy();
    expect(scriptPolicy()).to.equal(policy);
    expect(names).to.deep.equal(['placet']);
    expect(page[KEY], 'where another copy looks').to.equal(policy);
  });

  it('changes nothing in what a held script says', () => {
    const policy = scriptPolicy();
    for (const text of ['', 'alert(1)', '/a.js?b=c#d'])
      expect([
        String(policy.createScript(text)),
        String(policy.createScriptURL(text)),
      ]).to.deep.equal([text, text]);
  });

  it('is done without where browsers have none', () => {
    stub(undefined);
    expect(scriptPolicy().createScript('text')).to.equal('text');
  });
});
