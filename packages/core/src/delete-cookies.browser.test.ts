import { expect } from '@open-wc/testing';
import { deleteCookies, matchesCookie } from './delete-cookies.js';
import { clearCookies, cookies, forbidCookies, listenToCookies } from './testing/cookie-jar.js';
import { openDeepPage, type DeepPage } from './testing/deep-page.js';

describe('deleteCookies', () => {
  afterEach(clearCookies);

  describe('on a page some folders down', () => {
    let page: DeepPage;
    beforeEach(async () => {
      page = await openDeepPage();
    });
    afterEach(() => page.remove());

    it('deletes a cookie at whichever path it was set (C-14, DP-23)', () => {
      expect(page.paths.length).to.be.greaterThan(5);
      for (const path of page.paths.filter((each) => !each.endsWith('.html/'))) {
        page.document.cookie = `_ga=1;path=${path}`;
        expect(cookies(page.document), path).to.deep.equal(['_ga=1']);
        page.deleteCookies((name) => name === '_ga');
        expect(cookies(page.document), path).to.deep.equal([]);
      }
    });

    it('deletes every copy of a cookie that stands at several paths', () => {
      page.paths.forEach((path, index) => (page.document.cookie = `_ga=${index};path=${path}`));
      expect(cookies(page.document).length).to.be.greaterThan(5);
      page.deleteCookies((name) => name === '_ga');
      expect(cookies(page.document)).to.deep.equal([]);
    });

    it('tries every path with this host alone, and with its domain and each parent', () => {
      page.document.cookie = '_ga=1;path=/';
      const jar = listenToCookies(page.document);
      page.deleteCookies(() => true);
      const labels = location.hostname.split('.');
      const domains = ['', ...labels.map((_, index) => `;domain=${labels.slice(index).join('.')}`)];
      expect(jar.written).to.have.members(
        domains.flatMap((domain) =>
          page.paths.map((path) => `_ga=;max-age=0;path=${path}${domain}`),
        ),
      );
    });
  });

  it('deletes nothing but what is asked, however close its name', () => {
    for (const name of ['_ga', '_ga_1', '_gab', 'x_ga']) document.cookie = `${name}=1;path=/`;
    deleteCookies((name) => name === '_ga');
    expect(cookies()).to.deep.equal(['_ga_1=1', '_gab=1', 'x_ga=1']);
  });

  it('deletes names that a URI encoder would change', () => {
    document.cookie = '_pk_id.1[a]$b!=1;path=/';
    deleteCookies((name) => name.startsWith('_pk_'));
    expect(cookies()).to.deep.equal([]);
  });

  it('asks by name, whatever the value', () => {
    const asked: string[] = [];
    document.cookie = 'a=b=c;path=/';
    deleteCookies((name) => Boolean(asked.push(name)) && false);
    expect(asked).to.deep.equal(['a']);
  });

  it('does nothing where cookies are forbidden', () => {
    forbidCookies();
    deleteCookies(() => true);
  });
});

describe('matchesCookie', () => {
  const rows: readonly (readonly [pattern: string, fits: string[], not: string[]])[] = [
    ['_ga', ['_ga'], ['_ga_1', 'x_ga', '_GA', '']],
    ['_pk_*', ['_pk_', '_pk_id.1.1fff'], ['pk_id', '_p', 'x_pk_id']],
    ['*_id', ['_id', 'any_id'], ['any_id2']],
    ['a*b*c', ['abc', 'a1b2c', 'abbcc'], ['acb', 'ab']],
    ['*', ['', 'anything'], []],
    ['a.b', ['a.b'], ['axb']],
    ['a+', ['a+'], ['a', 'aa']],
    ['a?', ['a?'], ['', 'a']],
    ['^a$', ['^a$'], ['a']],
    ['(a|b)', ['(a|b)'], ['a', 'b']],
    ['[ab]{1}', ['[ab]{1}'], ['a', 'b']],
    ['a\\d', ['a\\d'], ['a1']],
    ['_hj[*]', ['_hj[1]'], ['_hj1', '_hj*']],
  ];
  for (const [pattern, fits, not] of rows) {
    it(`reads "${pattern}" as text in which only * stands for more`, () => {
      for (const name of fits) expect(matchesCookie(name, pattern), name).to.equal(true);
      for (const name of not) expect(matchesCookie(name, pattern), name).to.equal(false);
    });
  }
});
