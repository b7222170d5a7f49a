import { expect } from '@open-wc/testing';
import { PlacetError, type ErrorCode } from '@placet/contract';
import { consentRecordSchema } from '@placet/contract/schema';
import { decision as formerDecision, NOW } from './testing/config.js';
import { fairLocks } from './testing/locks.js';
import { createWorld, turn, type Fault, type World } from './testing/outbox-world.js';

const DAY = 86_400_000;
const KEY = 'placet-outbox';

describe('outbox', () => {
  let world: World;
  let errors: unknown[];
  const note = ({ error }: { error: unknown }) => void errors.push(error);
  beforeEach(() => {
    world = createWorld(fairLocks());
    errors = [];
    document.addEventListener('placet-error', note);
  });
  afterEach(() => {
    world.end();
    document.removeEventListener('placet-error', note);
  });
  const waiting = () => Object.keys(world.area).filter((key) => key.startsWith(`${KEY}:`));
  const later = (time: number) => (world.clock.now = new Date(world.clock.now.getTime() + time));

  it('sends a decision as the wire asks for it, and remembers that it was acknowledged (001-31, G-02)', async () => {
    const tab = world.open();
    const replaces = { id: formerDecision().id, notice: '2025-01', reason: 'notice' as const };
    const id = tab.decide('placet-notice/1\nwhat was shown\n', { replaces });
    await world.pass();
    expect(world.register).to.deep.equal([id]);
    const [sent] = world.calls;
    expect(consentRecordSchema.parse(sent)).to.deep.equal(sent);
    expect(sent).to.deep.include({
      id,
      gesture: { control: 'refuse', trusted: true },
      language: 'en',
      page: location.origin + location.pathname,
      regime: 'opt-in',
      replaces,
    });
    expect(sent!.notice.text).to.equal('placet-notice/1\nwhat was shown\n');
    expect(sent!.notice.hash).to.match(/^[\da-f]{64}$/);
    expect(world.area.getItem(KEY)).to.equal(id);
    expect(waiting()).to.deep.equal([]);
  });

  it('has it in storage before anything is waited for', () => {
    world.open().decide(() => new Promise<string>(() => {}));
    expect(waiting()).to.have.length(1);
  });

  for (const fault of [
    'down',
    'unavailable',
    'busy',
    'odd',
    'hang',
    'lost answer',
    'hang after storing',
  ] as Fault[])
    it(`keeps it while the backend is ${fault}, over reloads and for days, and sends it once`, async () => {
      world.fault = fault;
      let tab = world.open();
      const id = tab.decide();
      for (let day = 0; day < 3; day++) {
        await world.pass(20);
        expect(world.area.getItem(KEY)).to.equal(null);
        expect(waiting()).to.deep.equal([`${KEY}:${id}`]);
        tab.close();
        later(DAY);
        tab = world.open();
        void tab.outbox.keep();
      }
      world.fault = 'none';
      await world.pass();
      expect(world.register).to.deep.equal([id]);
      expect(world.area.getItem(KEY)).to.equal(id);
      expect(errors).to.deep.equal([]);
    });

  it('waits ever longer, at random, and five minutes at most', async () => {
    world.fault = 'down';
    world.open({ random: () => 1 }).decide();
    await turn();
    const waits: number[] = [];
    for (let left = 12; left; left--) {
      const before = world.clock.now.getTime();
      await world.pass(1);
      waits.push((world.clock.now.getTime() - before) / 1000);
    }
    expect(waits).to.deep.equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  });

  it('waits as long as the backend asks, also on the next page', async () => {
    world.fault = 'busy';
    const tab = world.open();
    tab.decide();
    await turn();
    tab.close();
    world.fault = 'none';
    void world.open().outbox.keep();
    await turn();
    expect(world.register).to.deep.equal([]);
    await world.pass();
    expect(world.clock.now.getTime() - NOW.getTime()).to.equal(7000);
    expect(world.register).to.have.length(1);
  });

  for (const type of ['online', 'pageshow', 'visibilitychange'])
    it(`tries again at once on ${type}`, async () => {
      world.fault = 'down';
      world.open().decide();
      await turn();
      world.fault = 'none';
      (type === 'visibilitychange' ? document : window).dispatchEvent(new Event(type));
      await turn();
      expect(world.register).to.have.length(1);
    });

  for (const code of [
    'request/invalid',
    'consent/conflict',
    'notice/mismatch',
    'adapter/rejected',
  ] as ErrorCode[])
    it(`keeps what is refused with ${code}, says so, goes on, and asks again a day later`, async () => {
      world.answer = () => Promise.reject(new PlacetError(code));
      const tab = world.open();
      const first = tab.decide();
      await world.pass();
      expect(world.calls).to.have.length(1);
      expect(errors.map((error) => (error as PlacetError).code)).to.deep.equal([code]);
      world.answer = undefined;
      const second = tab.decide();
      await world.pass();
      expect(world.register).to.deep.equal([second]);
      expect(world.area.getItem(KEY)).to.equal(`${second}+`);
      later(DAY + 1);
      void world.open().outbox.keep();
      await world.pass();
      expect(world.register).to.deep.equal([second, first]);
      expect(world.area.getItem(KEY)).to.equal(second);
    });

  it('drops a record whose decision has expired', async () => {
    world.fault = 'down';
    const tab = world.open();
    tab.decide(undefined, { months: 1 });
    await turn();
    tab.close();
    later(32 * DAY);
    world.fault = 'none';
    const next = world.open();
    const id = next.decide();
    await world.pass();
    expect(world.register).to.deep.equal([id]);
    expect(waiting()).to.deep.equal([]);
  });

  it('gives the request under way up for a newer decision, and sends both in order', async () => {
    world.fault = 'hang';
    const tab = world.open();
    const first = tab.decide();
    await turn();
    world.fault = 'none';
    const second = tab.decide();
    await turn();
    await turn();
    expect(world.register).to.deep.equal([first, second]);
  });

  it('writes the newest choice again where a late answer set the cookie of an older one', async () => {
    const tab = world.open();
    const first = tab.decide();
    const old = world.cookie.values;
    const second = tab.decide();
    world.answer = async ({ id }) => {
      if (id === first) world.cookie.values = old;
      return { id, receivedAt: '', expires: '', notice: { version: '', hash: '' } };
    };
    await world.pass();
    expect(world.calls.map(({ id }) => id)).to.deep.equal([first, second]);
    expect(world.cookie.values[0]).to.contain(second);
  });

  describe('a choice that was never acknowledged (self-healing)', () => {
    const cookieOf = async () => {
      const tab = world.open();
      const id = tab.decide();
      tab.close();
      for (const key of Object.keys(world.area)) world.area.removeItem(key);
      await turn();
      world.calls = [];
      return id;
    };

    it('is sent from its cookie, and says so', async () => {
      const id = await cookieOf();
      void world.open().outbox.keep();
      await world.pass();
      expect(world.register).to.deep.equal([id]);
      expect(world.calls[0]!.gesture).to.deep.equal({ control: 'restored', trusted: false });
      expect(world.calls[0]!.notice.text).to.contain('layer\trestored\n');
      expect(consentRecordSchema.parse(world.calls[0])).to.deep.equal(world.calls[0]);
    });

    it('is left alone once the register says that it knows more of it', async () => {
      const id = await cookieOf();
      world.answer = () => Promise.reject(new PlacetError('consent/conflict'));
      void world.open().outbox.keep();
      await world.pass();
      expect(world.area.getItem(KEY)).to.equal(id);
      expect(waiting()).to.deep.equal([]);
      expect(errors).to.deep.equal([]);
    });

    it('is not sent again once acknowledged', async () => {
      const tab = world.open();
      tab.decide();
      await world.pass();
      world.calls = [];
      void world.open().outbox.keep();
      await world.pass();
      expect(world.calls).to.deep.equal([]);
    });
  });

  it('holds what storage does not take for as long as the page is there, and throws nothing', async () => {
    world.fault = 'down';
    const tab = world.open({
      area() {
        throw new DOMException('Blocked in this test', 'SecurityError');
      },
    });
    const id = tab.decide();
    await world.pass(5);
    world.fault = 'none';
    await world.pass();
    expect(world.register).to.deep.equal([id]);
  });

  it('ignores what others left under its keys', async () => {
    for (const value of ['', '{', 'null', '[]', '{"record":{}}', '{"record":{"id":"x"}}'])
      world.area.setItem(`${KEY}:x`, value);
    const id = world.open().decide();
    await world.pass();
    expect(world.register).to.deep.equal([id]);
  });

  it('takes any language, control or address that a page may have', async () => {
    document.documentElement.lang = 'not a language';
    const tab = world.open({
      privacy: {
        ...world,
        config: (await import('./testing/config.js')).CONFIG,
        language: 'x_y',
        now: () => NOW,
        decision: undefined,
        latest: undefined,
      },
    });
    tab.decide(undefined, { gesture: { control: 'My Button!', trusted: false } });
    await world.pass();
    document.documentElement.removeAttribute('lang');
    expect(world.calls[0]).to.deep.include({
      language: 'und',
      gesture: { control: 'api', trusted: false },
    });
    expect(consentRecordSchema.parse(world.calls[0])).to.deep.equal(world.calls[0]);
  });

  describe('texts', () => {
    it('come later than the decision, and are waited for', async () => {
      let say!: (text: string) => void;
      const tab = world.open();
      tab.decide(() => new Promise((resolve) => (say = resolve)));
      await world.pass();
      expect(world.calls).to.deep.equal([]);
      say('text');
      await world.pass();
      expect(world.calls[0]!.notice.text).to.equal('text');
    });

    it('that cannot be had do not hold the decision back: what it was about is named', async () => {
      world.open().decide(() => Promise.reject(new Error('no text')));
      await world.pass();
      expect(world.calls[0]!.notice.text)
        .to.contain('layer\tapi\n')
        .and.to.contain('purpose\tmarketing\nservice\tyoutube\n');
    });

    it('of a page that is gone are given up by the next one, in order', async () => {
      const tab = world.open();
      const first = tab.decide(() => new Promise<string>(() => {}));
      tab.close();
      const second = world.open().decide('text');
      await world.pass();
      expect(world.register).to.deep.equal([first, second]);
    });
  });
});
