import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { REQUEST_TYPES } from '@placet/contract';
import { RIGHTS_CONFIG } from '../testing/rights.js';
import { requestLetter, staffLetter, type RequestNews, type StaffNews } from './request-letters.js';

const UNTIL = new Date('2026-11-25T12:00:00Z');
const ABOUT = {
  config: RIGHTS_CONFIG,
  language: 'en',
  due: new Date('2026-12-22T22:59:59.999Z'),
  timeZone: 'Europe/Paris',
  publicUrl: 'https://tilleul.example',
};
const CHANNELS = ['in-person', 'phone', 'email', 'post', 'agent'] as const;
const ENTERED = {
  news: 'entered',
  channel: 'phone',
  receivedAt: new Date('2026-11-10T09:00:00Z'),
  until: new Date('2026-12-22T12:00:00Z'),
} as const;
const NEWS: readonly RequestNews[] = [
  { news: 'received', undoUntil: UNTIL },
  { news: 'received' },
  { news: 'ready', until: UNTIL },
  { news: 'extended', reason: 'Because.' },
  { news: 'refused', reason: 'Because.' },
  { news: 'lifted', reason: 'Because.' },
  { news: 'completed' },
  { news: 'cancelled' },
  { news: 'expired' },
  { news: 'doubted', question: 'In which month were you here last?' },
  ...CHANNELS.map((channel) => ({ ...ENTERED, channel })),
];
const STAFF: readonly StaffNews[] = ['new', 'due', 'overdue', 'stuck'];
const ID = '0192f0c1-2d3e-7abc-8def-0123456789ab';

describe('mails about requests', () => {
  it('say when the answer is due, by the controller’s own calendar, and until when nothing is done (R-04)', () => {
    const { text } = requestLetter({ ...ABOUT, type: 'erasure' }, NEWS[0]!);
    assert.match(text, /Maison Tilleul has your request to have your data deleted\./);
    assert.match(text, /answered by 22 December 2026 at the latest/);
    assert.match(text, /not carried out before 25 November 2026 at 12:00 \(UTC\)/);
    assert.ok(text.includes('\nhttps://tilleul.example/my-data/\n'));
  });

  it('are written in each language for each kind of request, and leave no place empty', () => {
    for (const language of ['en', 'fr'])
      for (const type of REQUEST_TYPES)
        for (const news of NEWS) {
          const { subject, text } = requestLetter({ ...ABOUT, language, type }, news);
          assert.doesNotMatch(subject + text, /[{}]|undefined/);
          assert.doesNotMatch(subject, /@|Tilleul/, 'nothing that tells more than it must');
        }
  });

  it('bring nothing of the data along: whoever opens the page signs in first (R-13)', () => {
    const { text, html } = requestLetter({ ...ABOUT, type: 'access' }, NEWS[2]!);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
    assert.deepEqual(links, ['https://tilleul.example/my-data/']);
    assert.match(text, /show that the address is yours/);
  });

  it('tell who is refused why, and that authority and court are there (R-05)', () => {
    for (const language of ['en', 'fr']) {
      const { text } = requestLetter({ ...ABOUT, language, type: 'objection' }, NEWS[4]!);
      assert.match(text, /Because\./);
      assert.match(text, /data protection authority|autorité de protection des données/);
      assert.match(text, /court|justice/);
    }
  });

  it('say what was entered, on which day and how it came, and where to say whether it was theirs (000-24…26)', () => {
    const { subject, text, html } = requestLetter({ ...ABOUT, type: 'erasure' }, ENTERED);
    assert.equal(subject, 'Was this request yours?');
    assert.match(
      text,
      /on 10 November 2026 Maison Tilleul received, by telephone and in your name, a request to have your data deleted\./,
    );
    assert.match(text, /Nothing is done before, and on 22 December 2026 it ends/);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
    assert.deepEqual(links, ['https://tilleul.example/my-data/'], 'and nothing that acts');
  });

  it('ask what would settle a doubt, say why, and want no identity document (R-07)', () => {
    for (const [language, no] of [
      ['en', /Do not send a copy of your identity document/],
      ['fr', /N’envoyez pas de copie de votre pièce d’identité/],
    ] as const)
      for (const publicUrl of [ABOUT.publicUrl, undefined]) {
        const question = 'In which month were you here last? <b>';
        const about = { ...ABOUT, language, publicUrl, type: 'access' } as const;
        const { subject, text, html } = requestLetter(about, { news: 'doubted', question });
        assert.doesNotMatch(subject, /month/);
        assert.ok(text.includes(`\n\n${question}\n\n`), 'in the owner’s own words');
        assert.ok(html.includes('last? &lt;b&gt;'));
        assert.match(text, no);
        assert.match(text, /RGPD|GDPR/);
        assert.match(text, /bonjour@tilleul\.example/);
        assert.match(text, /22 (December|décembre) 2026/, 'it is answered in time all the same');
      }
  });

  it('go out without a link where the site’s address is not known', () => {
    const { html } = requestLetter({ ...ABOUT, publicUrl: undefined, type: 'access' }, NEWS[6]!);
    assert.doesNotMatch(html, /href=/);
  });

  it('tell staff the request’s id, when it is due and where it is, and nothing of the person (000-16)', () => {
    for (const language of ['en', 'fr'])
      for (const news of STAFF) {
        const link = 'https://tilleul.example/placet/staff';
        const about = { ...ABOUT, language, site: 'default', id: ID, link };
        const { subject, text } = staffLetter(about, news);
        assert.doesNotMatch(subject, new RegExp(ID));
        assert.ok(text.includes(ID) && text.includes(link));
        assert.match(text, /22 (December|décembre) 2026/);
        assert.doesNotMatch(subject + text, /[{}@]|undefined/);
      }
  });
});
