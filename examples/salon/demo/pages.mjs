import { bookedPage } from '../site/booked-page.mjs';
import { bookingForm } from '../site/booking-form.mjs';
import { pathOf, respond } from '../site/files.mjs';
import {
  ACCOUNT,
  BOOKED,
  COUNTER,
  DATA_PATH,
  LANGUAGES,
  MAILBOX,
  MESSAGES_PATH,
  PAGES,
} from '../site/pages.mjs';
import { createRenderer } from '../site/render.mjs';
import { ENDPOINT } from './backend.mjs';
import { MAIL_HEADERS, mailboxPage, mailFrame } from './mailbox-page.mjs';

const PRIVATE = { 'cache-control': 'no-store' };
const BOOK = PAGES.find(({ key }) => key === 'book');
const MESSAGES = PAGES.find(({ key }) => key === 'messages');
const DATA = PAGES.find(({ key }) => key === 'my-data');

/**
 * The salon's pages that a static host could not serve: the booking form once it is sent, the page
 * after it, the mailbox.
 *
 * @param {object} parts
 * @param {ReturnType<import('../site/bookings.mjs').createBookings>} parts.bookings
 * @param {Awaited<ReturnType<import('./mailbox.mjs').openMailbox>>} parts.mailbox
 * @param {ReturnType<import('./tool.mjs').createTool>} parts.tool
 * @param {import('../site/render.mjs').SiteOptions['optInForm']} parts.optInForm
 * @param {() => Promise<import('../send-newsletter.mjs').Sending[]>} parts.send sends the letter
 * @param {(from: string) => Promise<unknown>} parts.stop a person answered STOP
 * @param {ReturnType<import('./account.mjs').createAccounts>} parts.accounts
 * @param {ReturnType<import('./counter.mjs').createCounter>} parts.counter
 */
export function createPages({ bookings, mailbox, tool, optInForm, send, stop, accounts, counter }) {
  const render = createRenderer({ endpoint: ENDPOINT, optInForm, hasMailbox: true });
  let sending;
  const html = (request, body, status = 200) => {
    const reply = respond(request, '.html', body, status);
    return { ...reply, headers: { ...reply.headers, ...PRIVATE } };
  };
  const languageOf = (page, path) => LANGUAGES.find((language) => page.path[language] === path);
  const renderMailbox = (language) =>
    render(MAILBOX, language, {
      mailbox: () => mailboxPage(language, { ...mailbox, news: tool.news, sending }),
    });

  const book = async (request, language) => {
    const form = new URLSearchParams(await request.text());
    const taken = await bookings.take(form, language);
    // A page of its own, so that loading it anew does not book twice.
    if ('id' in taken) return seeOther(`${BOOKED.path[language]}?r=${taken.id}`);
    return html(
      request,
      render(BOOK, language, { booking: () => bookingForm(language, taken) }),
      422,
    );
  };

  const act = async (request, language) => {
    const form = new URLSearchParams(await request.text());
    if (form.get('do') === 'send') sending = await send();
    if (form.get('do') === 'stop') await stop(form.get('from') ?? '');
    return seeOther(MAILBOX.path[language]);
  };

  const enter = async (request, language) => {
    const cookie = accounts.act(new URLSearchParams(await request.text()));
    const { headers, ...reply } = seeOther(ACCOUNT.path[language]);
    return { ...reply, headers: { ...headers, 'set-cookie': cookie } };
  };

  /** @param {import('../site/files.mjs').Request & {text(): Promise<string>}} request */
  return async (request) => {
    const path = pathOf(request.url);
    if (path === undefined) return undefined;
    if (request.method === 'POST') {
      const [booked, acted] = [languageOf(BOOK, path), languageOf(MAILBOX, path)];
      if (booked) return book(request, booked);
      if (acted) return act(request, acted);
      const worked = languageOf(COUNTER, path);
      if (worked) {
        await counter.act(new URLSearchParams(await request.text()));
        return seeOther(COUNTER.path[worked]);
      }
      const entered = languageOf(ACCOUNT, path);
      return entered ? enter(request, entered) : undefined;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
    if (path === MESSAGES_PATH) return seeOther(MESSAGES.path[preferred(request)], 302);
    if (path === DATA_PATH) return seeOther(DATA.path[preferred(request)], 302);
    const staffed = languageOf(COUNTER, path);
    if (staffed) {
      const open = await counter.page(staffed);
      return html(request, render(COUNTER, staffed, { counter: () => open }));
    }
    const own = languageOf(ACCOUNT, path);
    if (own) {
      const account = () => accounts.page(own, request.headers.cookie);
      return html(request, render(ACCOUNT, own, { account }));
    }
    const thanks = languageOf(BOOKED, path);
    if (thanks) {
      const id = new URL(request.url, 'http://salon').searchParams.get('r') ?? '';
      const booked = () => bookedPage(thanks, bookings.find(id));
      return html(request, render(BOOKED, thanks, { booked }));
    }
    const shown = languageOf(MAILBOX, path);
    if (shown) return html(request, renderMailbox(shown));
    const frame = /^\/(?:boite|en\/mailbox)\/(\d+)\.html$/.exec(path)?.[1];
    const mail = mailbox.mails.find(({ id }) => id === frame);
    return mail && { status: 200, headers: MAIL_HEADERS, body: mailFrame(mail) };
  };
}

/** The link of a message carries its token in the fragment, which browsers keep on such a way. */
function preferred({ headers }) {
  return /^\s*en/i.test(String(headers['accept-language'] ?? '')) ? 'en' : 'fr';
}

function seeOther(location, status = 303) {
  return { status, headers: { location, vary: 'accept-language', ...PRIVATE }, body: '' };
}
