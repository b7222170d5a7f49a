import { wayOut, type Confirmed, type OptInChoice } from '@placet/contract';
import type { PendingView } from '../subscriptions/subscriptions.js';
import { pageResponse, piece, type Html } from './layout.js';
import type { Words } from './words.js';

/** What is asked for, and the one button. Mail scanners open links: looking changes nothing (E-04). */
export function confirmPage(
  { choices, isGuardian }: PendingView,
  words: Words,
  { endpoint, token }: { endpoint: string; token: string },
): Response {
  const controller = words.config.controller.name;
  const [title, intro, ask, button] = isGuardian
    ? (['guardianTitle', 'guardianIntro', 'guardianAsk', 'guardianButton'] as const)
    : (['confirmTitle', 'confirmIntro', 'confirmAsk', 'confirmButton'] as const);
  return pageResponse({
    words,
    title: words.page(title),
    body: piece`<p>${words.page(intro, { controller })}</p>
${choiceList(choices, words)}
<p>${words.page(ask)}</p>
<form method="post" action="${endpoint}/subscriptions/confirm">
<input type="hidden" name="token" value="${token}">
<p><button class="main" type="submit">${words.page(button)}</button></p>
</form>`,
  });
}

/** What holds from now on. */
export function confirmedPage(
  { choices, confirm }: Confirmed,
  words: Words,
  manageUrl: string | undefined,
): Response {
  const { controller } = words.config;
  if (confirm)
    return pageResponse({
      words,
      title: words.page('agreedTitle'),
      body: piece`<p role="status">${words.page('agreedText')}</p>`,
    });
  return pageResponse({
    words,
    title: words.page('confirmedTitle'),
    body: piece`<p role="status">${words.page('confirmedText')}</p>
${choiceList(choices, words)}
<p>${wayOut(words.optIn, choices, {
      controller: controller.name,
      contact: controller.contact ?? controller.privacyUrl,
    })}</p>
${manageUrl !== undefined && piece`<p><a href="${manageUrl}">${words.page('manageLink')}</a></p>`}`,
  });
}

/** The same for whatever is wrong with a link: which of these it is, nobody is told. */
export function gonePage(words: Words): Response {
  const { contact, privacyUrl } = words.config.controller;
  return pageResponse({
    words,
    title: words.page('goneTitle'),
    body: piece`<p>${words.page('goneText')}</p>
<p>${words.page('goneAsk', { contact: contact ?? privacyUrl })}</p>`,
    status: 404,
  });
}

function choiceList(choices: readonly OptInChoice[], words: Words): Html {
  return piece`<ul>${choices
    .filter(({ granted }) => granted)
    .map((choice) => piece`<li>${words.choice(choice)}</li>`)}</ul>`;
}
