import { randomBytes } from 'node:crypto';
import { escape } from '../site/html.mjs';
import { ACCOUNT, PAGES } from '../site/pages.mjs';

const COOKIE = 'salon-account';

/** Whom the demonstration lets in; two of them share a name. */
const ACCOUNTS = [
  'camille.roy@example.org',
  'camille.roy@example.net',
  'pierre.martin@example.org',
];

const WORDS = {
  fr: {
    who: 'Entrer comme',
    enter: 'Entrer',
    leave: 'Sortir',
    inside: 'Vous êtes dans le compte de',
  },
  en: { who: 'Come in as', enter: 'Come in', leave: 'Leave', inside: 'You are in the account of' },
};

/** The salon's own sign-in, as far as Placet needs one to rely on. It keeps nothing between runs. */
export function createAccounts() {
  /** @type {Map<string, string>} */
  const sessions = new Map();
  const emailOf = (cookies) => {
    const [, secret] = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(cookies ?? '') ?? [];
    return sessions.get(secret ?? '');
  };
  return {
    /** What Placet asks: who is signed in to the salon's site (`PlacetServerOptions.session`). */
    session(request) {
      const email = emailOf(request.headers.get('cookie'));
      return email === undefined ? undefined : { email };
    },

    /** The content of the account's page. */
    page(language, cookies) {
      const words = WORDS[language];
      const email = emailOf(cookies);
      const data = PAGES.find(({ key }) => key === 'my-data');
      const path = ACCOUNT.path[language];
      if (email !== undefined)
        return `<p>${words.inside} <strong>${escape(email)}</strong>.</p>
    <p><a class="button" href="${data.path[language]}">${data.title[language]}</a></p>
    <form class="form" method="post" action="${path}"><p><button class="button" name="do" value="leave">${words.leave}</button></p></form>`;
      const options = ACCOUNTS.map((each) => `<option>${escape(each)}</option>`).join('');
      return `<form class="form" method="post" action="${path}">
    <p><label for="email">${words.who}</label> <select id="email" name="email">${options}</select></p>
    <p><button class="button" name="do" value="enter">${words.enter}</button></p>
  </form>`;
    },

    /**
     * Comes in or leaves.
     *
     * @returns {string} the cookie to be set
     */
    act(form) {
      const email = ACCOUNTS.find((each) => each === form.get('email'));
      if (form.get('do') !== 'enter' || email === undefined)
        return `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;
      const secret = randomBytes(32).toString('base64url');
      sessions.set(secret, email);
      return `${COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Lax`;
    },
  };
}
