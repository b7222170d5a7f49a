import { expect } from '@open-wc/testing';
import { cookieValues } from './cookie-values.js';
import { clearCookies, emptyCookies, forbidCookies } from './testing/cookie-jar.js';
import { openDeepPage, type DeepPage } from './testing/deep-page.js';

describe('cookieValues', () => {
  let page: DeepPage;
  beforeEach(async () => {
    page = await openDeepPage();
  });
  afterEach(() => {
    page.remove();
    clearCookies();
  });

  it('is every copy of that name, decoded', () => {
    page.document.cookie = 'placet=%7B%22n%22%3A%22%C3%A9t%C3%A9%22%7D;path=/';
    page.document.cookie = 'placet=deep;path=/packages';
    page.document.cookie = 'other=1;path=/';
    page.document.cookie = 'placet2=1;path=/';
    expect(page.cookieValues()).to.have.members(['{"n":"été"}', 'deep']);
    expect(page.cookieValues('other')).to.deep.equal(['1']);
    expect(page.cookieValues('absent')).to.deep.equal([]);
  });

  it('keeps what stands after the first =', () => {
    document.cookie = 'placet=a=b==;path=/';
    expect(cookieValues()).to.deep.equal(['a=b==']);
  });

  for (const broken of ['%', '%zz', '%E0%A4%A', '%FF']) {
    it(`reads past a copy that says ${broken}`, () => {
      page.document.cookie = `placet=${broken};path=/packages`;
      page.document.cookie = 'placet=whole;path=/';
      expect(page.cookieValues()).to.have.length(2).and.to.include('whole');
    });
  }

  it('takes + and & for what they are', () => {
    document.cookie = 'placet=a+b&placet=c;path=/';
    expect(cookieValues()).to.deep.equal(['a+b&placet=c']);
  });

  it('is none where cookies are blocked or forbidden', () => {
    emptyCookies();
    expect(cookieValues()).to.deep.equal([]);
    forbidCookies();
    expect(cookieValues()).to.deep.equal([]);
  });
});
