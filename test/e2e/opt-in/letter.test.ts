import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startDemo, type RunningDemo } from '../support/demo.js';
import { subscribed } from './support/subscribed.js';

const FORM = 'application/x-www-form-urlencoded';

/** What the newsletter's mail names in its header. */
function oneClickAddress(header: string | undefined): string {
  const address = /<(https:[^>]+)>/.exec(header ?? '')?.[1];
  if (!address) throw new Error(`no address in: ${header}`);
  return address;
}

describe('The salon’s letter', () => {
  let demo: RunningDemo;
  before(async () => {
    demo = await startDemo();
  });
  after(() => demo.close());

  /** Presses "send this month's letter" on the mailbox page. */
  async function sendLetter(): Promise<void> {
    const reply = await demo.answer({
      method: 'POST',
      url: '/boite/',
      headers: {},
      text: () => Promise.resolve('do=send'),
    });
    assert.equal(reply?.status, 303);
  }

  const lettersTo = (address: string) =>
    demo.mailbox.mails.filter(
      ({ to, subject }) => to.includes(address) && subject.includes('novembre'),
    );

  it('goes to whom it may, and to nobody else, whoever stands in the client file (001-22, 001-39)', async () => {
    await subscribed(demo, 'camille.roy@exemple.example');
    await subscribed(demo, 'hugo.martin@exemple.example', { isConfirmed: false });
    await sendLetter();
    assert.equal(lettersTo('camille.roy@exemple.example').length, 1);
    assert.equal(lettersTo('hugo.martin@exemple.example').length, 0);
    assert.equal(lettersTo('emma.dubois@exemple.example').length, 0);
  });

  it('carries the headers and the link that end it, and a sender who can be answered (001-35, 002-34, 002-36)', () => {
    const [letter] = lettersTo('camille.roy@exemple.example');
    const { headers, text, html, from } = letter!;
    assert.equal(headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
    const address = oneClickAddress(headers.get('list-unsubscribe'));
    assert.match(address, /^https:\/\/salon\.test\/placet\/unsubscribe\?token=/);
    assert.ok(text.includes('https://salon.test/placet/unsubscribe?token='));
    assert.match(html, /<a [^>]*href="https:\/\/salon\.test\/placet\/unsubscribe\?token=/);
    assert.doesNotMatch(html, /<img/);
    assert.doesNotMatch(from, /no-?reply/i);
    assert.ok(!address.includes('camille') && !address.includes('%40'));
  });

  it('ends with one click of the mail provider: no cookie, login or redirect, at once, and again without harm (001-35, DP-32)', async () => {
    const [letter] = lettersTo('camille.roy@exemple.example');
    const address = oneClickAddress(letter!.headers.get('list-unsubscribe'));
    for (let time = 0; time < 2; time++) {
      const response = await demo.placet.fetch(
        new Request(address, {
          method: 'POST',
          headers: { 'content-type': FORM },
          body: 'List-Unsubscribe=One-Click',
        }),
      );
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('set-cookie'), null);
      const { send } = await demo.maySend('camille.roy@exemple.example');
      assert.equal(send, false);
    }
    await sendLetter();
    assert.equal(lettersTo('camille.roy@exemple.example').length, 1);
    const withdrawn = (await demo.entries()).filter(({ act }) => act === 'withdrawn');
    assert.deepEqual(
      withdrawn.map(({ how }) => how),
      ['one-click'],
    );
  });

  it('comes no more often than the person chose (002-27)', async () => {
    await subscribed(demo, 'ines.lopez@exemple.example', { frequency: 'monthly' });
    await sendLetter();
    await sendLetter();
    assert.equal(lettersTo('ines.lopez@exemple.example').length, 1);
    assert.equal((await demo.maySend('ines.lopez@exemple.example')).reason, 'too-soon');
  });
});
