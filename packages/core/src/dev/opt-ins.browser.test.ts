import { expect } from '@open-wc/testing';
import type { SiteConfig } from '@placet/contract';
import { CONFIG } from '../testing/config.js';
import { heldPage } from '../testing/held-page.js';
import { checkOptIns } from './opt-ins.js';

const MARKETING: SiteConfig = {
  ...CONFIG,
  marketing: {
    topics: [{ id: 'newsletter', label: 'its newsletter', frequency: 'once a month at most' }],
    channels: ['email', 'sms'],
  },
};

describe('development checks of opt-in forms', () => {
  const page = heldPage();
  afterEach(() => page.clear());
  const said = (html: string, config = MARKETING) => {
    page.insert(html);
    const warnings: [code: string, detail: unknown][] = [];
    checkOptIns(config, (code, detail) => warnings.push([code, detail]));
    return warnings;
  };

  it('say nothing where nothing is wrong', () => {
    const inside = '<placet-opt-in email-field="mail" channels="email" controllers="default">';
    const html = `<placet-opt-in topics="newsletter"></placet-opt-in>
      <form id="booking"><input name="mail">${inside}</placet-opt-in></form>
      <placet-opt-in form="booking" phone-field="mail"></placet-opt-in>
      <placet-subscriptions></placet-subscriptions>`;
    expect(said(html)).to.deep.equal([]);
  });

  it('say nothing of a page without opt-in forms', () => {
    expect(said('<p>No form</p>', CONFIG)).to.deep.equal([]);
  });

  for (const name of ['required', 'checked'])
    it(`refuse \`${name}\` (001-29, DP-31)`, () => {
      expect(said(`<placet-opt-in ${name}></placet-opt-in>`)).to.deep.equal([
        ['opt-in/required', name],
      ]);
    });

  for (const name of ['required', 'checked'])
    it(`refuse \`${name}\` on a box of the form that needs no script (001-29, DP-31)`, () => {
      const html = `<placet-opt-in><form><input type="email" required><input type="checkbox" ${name}></form></placet-opt-in>`;
      expect(said(html)).to.deep.equal([['opt-in/required', name]]);
    });

  for (const tag of ['placet-opt-in', 'placet-subscriptions'])
    it(`miss \`marketing\` where there is a <${tag}>`, () => {
      expect(said(`<${tag}></${tag}>`, CONFIG)).to.deep.equal([['opt-in/no-marketing', undefined]]);
    });

  it('name each topic, channel and controller that is not declared', () => {
    const html =
      '<placet-opt-in topics="newsletter offres" channels="mail" controllers="group"></placet-opt-in>';
    expect(said(html).map(([code, detail]) => `${code} ${String(detail)}`)).to.deep.equal([
      'opt-in/unknown-name topics="offres"',
      'opt-in/unknown-name channels="mail"',
      'opt-in/unknown-name controllers="group"',
    ]);
  });

  it('say that an objection shows only where the host’s server sends it on (E-05)', () => {
    const forwarded = '<form><placet-opt-in basis="soft-opt-in"></placet-opt-in></form>';
    expect(said(forwarded)).to.deep.equal([]);
    const html = `<placet-opt-in basis="b2b"></placet-opt-in>
      <form><placet-opt-in basis="soft-opt-in" deliver="placet"></placet-opt-in></form>`;
    expect(said(html)).to.deep.equal([
      ['opt-in/not-forwarded', 'b2b'],
      ['opt-in/not-forwarded', 'soft-opt-in'],
    ]);
  });

  it('name each field that the form does not have, and those named outside of a form', () => {
    const html = `<form><input name="mail"><placet-opt-in email-field="e-mail"></placet-opt-in></form>
      <placet-opt-in phone-field="phone"></placet-opt-in>`;
    expect(said(html)).to.deep.equal([
      ['opt-in/no-field', 'email-field="e-mail"'],
      ['opt-in/no-field', 'phone-field="phone"'],
    ]);
  });
});
