import { expect } from '@open-wc/testing';
import { cookieStorage } from './cookie-storage.js';
import {
  clearCookies,
  cookies,
  emptyCookies,
  forbidCookies,
  listenToCookies,
} from './testing/cookie-jar.js';
import { openDeepPage } from './testing/deep-page.js';
import { stored } from './testing/config.js';

/** What browsers that tell of a cookie's attributes tell. */
interface ToldCookie {
  value: string;
  expires?: number | null;
  path?: string;
  sameSite?: string;
}

describe('cookieStorage', () => {
  afterEach(clearCookies);
  const inAYear = () => new Date(Math.floor(Date.now() / 1000) * 1000 + 365 * 864e5);

  it('writes the URI-encoded value with its end date to the second, for the whole site, SameSite=Lax (design §3 "Cookie")', () => {
    const jar = listenToCookies();
    const value = stored({ granted: ['analytics', 'marketing/youtube'] });
    cookieStorage().write(value, new Date('2028-02-29T23:59:59Z'));
    expect(jar.written).to.have.length(1);
    const [pair, ...attributes] = jar.written[0]!.split('; ');
    expect(decodeURIComponent(pair!)).to.equal(`placet=${value}`);
    expect(pair).to.match(/^placet=[^\s",;\\]+$/);
    expect(attributes).to.have.members([
      'expires=Tue, 29 Feb 2028 23:59:59 GMT',
      'path=/',
      'sameSite=Lax',
    ]);
  });

  it('is understood by the browser as written', async () => {
    const expires = inAYear();
    cookieStorage().write('{"v":1}', expires);
    const store = (window as { cookieStore?: { get(name: string): Promise<ToldCookie> } })
      .cookieStore;
    const told: ToldCookie = (await store?.get('placet')) ?? { value: '%7B%22v%22:1%7D' };
    expect(decodeURIComponent(told.value)).to.equal('{"v":1}');
    // Engines tell more or less of a cookie; what they tell must be right.
    if (told.expires) expect(Math.floor(told.expires / 1000)).to.equal(expires.getTime() / 1000);
    if (told.path) expect(told.path).to.equal('/');
    if (told.sameSite) expect(told.sameSite).to.equal('lax');
    expect(cookieStorage().read()).to.deep.equal(['{"v":1}']);
  });

  it('reads back what it wrote, whatever the text', () => {
    for (const text of ['{"n":"été; 100 %, \\"a\\""}', '%', '%7B', 'a=b', '日本', '😀']) {
      cookieStorage().write(text, inAYear());
      expect(cookieStorage().read()).to.deep.equal([text]);
    }
  });

  it('takes a name and a domain from the config, and names a domain only then', () => {
    const jar = listenToCookies();
    cookieStorage({ name: 'choice', domain: '.maison-tilleul.example' }).write('1', inAYear());
    cookieStorage({ name: 'choice', domain: '' }).write('1', inAYear());
    expect(jar.written[0]).to.match(/^choice=1;.*; domain=\.maison-tilleul\.example/);
    expect(jar.written[1]).not.to.include('domain');
  });

  it('writes for the whole site from a page some folders down, and deletes every copy there', async () => {
    const page = await openDeepPage();
    page.cookieStorage().write('mine', inAYear());
    expect(cookieStorage().read(), 'seen from elsewhere').to.deep.equal(['mine']);
    for (const path of page.paths) page.document.cookie = `placet=1;path=${path}`;
    document.cookie = 'placet2=1;path=/';
    page.cookieStorage().clear();
    expect(cookies(page.document)).to.deep.equal(['placet2=1']);
    page.remove();
  });

  it('never throws where cookies are blocked or forbidden', () => {
    const storage = cookieStorage();
    for (const make of [emptyCookies, forbidCookies]) {
      make();
      storage.write('1', inAYear());
      storage.clear();
      expect(storage.read()).to.deep.equal([]);
    }
  });
});
