import { escape } from '../site/html.mjs';
import { MAILBOX } from '../site/pages.mjs';

const WORDS = {
  fr: {
    mails: 'Courrier',
    messages: 'SMS',
    tool: 'Ce que l’outil d’envoi du salon a appris',
    noMails: 'Aucun message.',
    noMessages: 'Aucun SMS.',
    noNews: 'Rien encore.',
    from: 'De',
    to: 'À',
    plain: 'En texte',
    html: 'En HTML',
    headers: 'En-têtes',
    stop: 'Répondre STOP',
    send: 'Envoyer la lettre du mois',
    sendText: 'À chacun, Placet est demandé au moment de l’envoi.',
    sent: 'Dernier envoi',
    yes: 'envoyée',
    no: 'retenue',
    type: { 'subscription.granted': 'accord', 'subscription.withdrawn': 'retrait' },
  },
  en: {
    mails: 'Mail',
    messages: 'SMS',
    tool: 'What the salon’s mailing tool was told',
    noMails: 'No messages.',
    noMessages: 'No SMS.',
    noNews: 'Nothing yet.',
    from: 'From',
    to: 'To',
    plain: 'As text',
    html: 'As HTML',
    headers: 'Headers',
    stop: 'Answer STOP',
    send: 'Send this month’s letter',
    sendText: 'For each person, Placet is asked at the moment of sending.',
    sent: 'Last sending',
    yes: 'sent',
    no: 'held back',
    type: { 'subscription.granted': 'granted', 'subscription.withdrawn': 'withdrawn' },
  },
};

/** Mail shown in a frame: no script, no form, no picture, nothing loaded; links open in the window. */
export const MAIL_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
};

/** The HTML of a mail, with links that leave the frame. */
export function mailFrame({ html }) {
  const base = '<base target="_top">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, `$&${base}`) : base + html;
}

/**
 * What was sent, newest first.
 *
 * @param {'fr' | 'en'} language
 * @param {object} shown
 * @param {import('./mailbox.mjs').KeptMail[]} shown.mails
 * @param {import('./mailbox.mjs').KeptSms[]} shown.messages
 * @param {import('./tool.mjs').News[]} shown.news
 * @param {import('../send-newsletter.mjs').Sending[]} [shown.sending]
 */
export function mailboxPage(language, { mails, messages, news, sending = [] }) {
  const words = WORDS[language];
  const path = MAILBOX.path[language];
  return `<h2 id="mails">${words.mails}</h2>
  ${list(mails, (each) => mail(each, words, path), words.noMails)}
  <h2 id="sms">${words.messages}</h2>
  ${list(messages, (each) => sms(each, words, path), words.noMessages)}
  <h2 id="tool">${words.tool}</h2>
  ${list(news, (each) => told(each, words), words.noNews)}
  <form class="form" method="post" action="${path}">
    <p>${words.sendText}</p>
    <p><button class="button" name="do" value="send">${words.send}</button></p>
  </form>
  ${sending.length > 0 ? `<h3>${words.sent}</h3>${list(sending, (each) => outcome(each, words), '')}` : ''}`;
}

function list(items, render, none) {
  if (items.length === 0) return `<p>${none}</p>`;
  return `<ul class="inbox">${items.map((each) => `<li>${render(each)}</li>`).join('\n')}</ul>`;
}

function mail({ id, at, from, to, subject, text, headers }, words, path) {
  const shown = ['list-unsubscribe', 'list-unsubscribe-post', 'auto-submitted', 'reply-to'];
  const lines = shown
    .filter((name) => headers.has(name))
    .map((name) => `${name}: ${headers.get(name)}`);
  return `<article aria-labelledby="mail-${id}">
    <h3 id="mail-${id}">${escape(subject)}</h3>
    <p class="small">${words.from} ${escape(from)}<br>${words.to} ${escape(to)}<br>${time(at)}</p>
    <details open><summary>${words.plain}</summary><pre>${linked(text)}</pre></details>
    <details><summary>${words.html}</summary>
      <iframe title="${escape(subject)}" src="${path}${id}.html" loading="lazy"></iframe>
    </details>
    ${lines.length > 0 ? `<details><summary>${words.headers}</summary><pre>${escape(lines.join('\n'))}</pre></details>` : ''}
  </article>`;
}

function sms({ at, to, text }, words, path) {
  return `<p class="small">${words.to} ${escape(to)}, ${time(at)}</p>
    <pre>${linked(text)}</pre>
    <form method="post" action="${path}">
      <input type="hidden" name="from" value="${escape(to)}">
      <button class="link" name="do" value="stop">${words.stop}</button>
    </form>`;
}

function told({ type, at, contact, choices }, words) {
  const what = choices.map(({ topic, channel }) => `${topic} (${channel})`).join(', ');
  return `<p><strong>${escape(words.type[type] ?? type)}</strong> ${escape(contact)}<br>
    <span class="small">${escape(what)}, ${time(at)}</span></p>`;
}

function outcome({ contact, reason, isSent }, words) {
  return `<p>${escape(contact)}: <strong>${isSent ? words.yes : words.no}</strong> <span class="small">(${escape(reason)})</span></p>`;
}

function time(date) {
  const iso = new Date(date).toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

/** Text with its addresses made into links. */
function linked(text) {
  return escape(text).replace(
    /https?:\/\/[^\s<>]+?(?=[.,;:)\]]*(?:\s|$|&gt;|&lt;))/g,
    (address) => `<a href="${address}">${address}</a>`,
  );
}
