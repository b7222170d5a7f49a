import { randomUUID } from 'node:crypto';
import type { ContactKind, OptInResult } from '@placet/contract';
import { pageResponse, piece, type Html } from './layout.js';
import { mistakesPiece, optInFormPiece } from './opt-in-form.js';
import type { ReadOptInForm } from './read-opt-in-form.js';
import type { Words } from './words.js';

// Browsers hide the origin of a form's POST from a page of `no-referrer`; no token is in the address.
const FORM_HEADERS = { 'referrer-policy': 'same-origin' };

/** The form once more, with what is wrong and what was written (001-29: ticks are the person's own). */
export function formAgainPage(read: ReadOptInForm, endpoint: string, status = 422): Response {
  const { words, filter, page, state, isOutdated } = read;
  const { wrong = {}, ticked = [] } = state;
  // Other words are another question: nobody has answered that one.
  const ticks = isOutdated ? [] : ticked;
  const { config, language } = words;
  const form = optInFormPiece({ config, language, endpoint, page, ...filter }, words, {
    ...state,
    // What was refused may be stored under the id that it had.
    id: randomUUID(),
    ticked: ticks,
  });
  return pageResponse({
    words,
    title: titleOf(words),
    body: piece`${mistakesPiece(wrong, words, isOutdated ? words.page('noticeChanged') : undefined)}${form}`,
    status,
    headers: FORM_HEADERS,
  });
}

/** What comes next: the same whether or not the address was known. */
export function sentPage(
  { confirm }: OptInResult,
  words: Words,
  about: { endpoint: string; id: string; site: string; isGuardian: boolean },
): Response {
  const email = words.page(about.isGuardian ? 'sentGuardian' : 'sentEmail');
  const isSent = (kind: ContactKind) => confirm.includes(kind);
  return pageResponse({
    words,
    title: words.page('sentTitle'),
    body: piece`${isSent('email') && piece`<p role="status">${email}</p>`}
${
  isSent('phone') &&
  piece`<p>${words.page('sentPhone')}</p>${codeForm(words, { ...about, isWrong: false })}`
}
${confirm.length === 0 && piece`<p role="status">${words.optIn('optInDone')}</p>`}`,
    status: 202,
    headers: FORM_HEADERS,
  });
}

/** Where the code from an SMS is entered. */
export function codePage(
  words: Words,
  about: { endpoint: string; id: string; site: string; isWrong: boolean },
): Response {
  return pageResponse({
    words,
    title: words.page('codeTitle'),
    body: piece`<p>${words.page('codeIntro')}</p>${codeForm(words, about)}`,
    status: about.isWrong ? 404 : 200,
  });
}

function codeForm(
  words: Words,
  { endpoint, id, site, isWrong }: { endpoint: string; id: string; site: string; isWrong: boolean },
): Html {
  return piece`<form method="post" action="${endpoint}/subscriptions/confirm" novalidate>
<input type="hidden" name="id" value="${id}">
<input type="hidden" name="site" value="${site}">
<input type="hidden" name="language" value="${words.language}">
<div class="field"><label for="placet-code">${words.optIn('optInCodeLabel')}</label>
<input id="placet-code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="16"${isWrong && piece` aria-invalid="true" aria-describedby="placet-code-wrong"`}>
${isWrong && piece`<p class="wrong" id="placet-code-wrong" role="alert">${words.optIn('optInCodeWrong')}</p>`}</div>
<p><button class="main" type="submit">${words.optIn('optInCodeSubmit')}</button></p>
</form>`;
}

function titleOf(words: Words): string {
  const { config } = words;
  return words.optIn('optInTitle', { controller: config.controller.name });
}
