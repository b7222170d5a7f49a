import { localText, type Correction, type LocalText } from '@placet/contract';
import type { Asked } from '../rights/recipients/recipients.js';
import { MOST_NOTE } from '../rights/recipients/recipients.js';
import { pageResponse, piece, type Html } from './layout.js';
import type { Words } from './words.js';

const TEXT = {
  erasure: 'recipientErasure',
  rectification: 'recipientRectification',
  restriction: 'recipientRestriction',
  objection: 'recipientObjection',
} as const;

const ANSWER = {
  confirmed: 'recipientConfirmed',
  'not-applicable': 'recipientNothing',
  refused: 'recipientRefused',
} as const;

/**
 * What a recipient is asked, what is right now, and the buttons that answer. Looking changes
 * nothing. Whose data it is stands in the mail alone; but what is right now, be it a name, is shown to
 * whoever has the link, until it is answered.
 */
export function recipientPage(
  asked: Asked,
  words: Words,
  { action, token, isWrong = false }: { action: string; token: string; isWrong?: boolean },
): Response {
  const hidden = piece`<input type="hidden" name="token" value="${token}">`;
  return pageResponse({
    words,
    title: words.page('recipientTitle'),
    status: isWrong ? 422 : 200,
    // Two forms: the key Enter in the field of reasons must not say that it is done.
    body: piece`${about(asked, words)}
${correctionsOf(asked, words)}<p>${words.page('recipientOnce')}</p>
<form method="post" action="${action}">${hidden}
<p><button class="main" type="submit" name="status" value="confirmed">${words.page('recipientConfirmed')}</button>
<button type="submit" name="status" value="not-applicable">${words.page('recipientNothing')}</button></p>
</form>
<form method="post" action="${action}" novalidate>${hidden}
<div class="field"><label for="placet-note">${words.page('recipientNote')}</label>
<input id="placet-note" type="text" name="note" maxlength="${MOST_NOTE}" autocomplete="off" required${isWrong && piece` aria-invalid="true" aria-describedby="placet-note-wrong" autofocus`}>
${isWrong && piece`<p class="wrong" id="placet-note-wrong">${words.page('recipientNoteMissing')}</p>`}</div>
<p><button type="submit" name="status" value="refused">${words.page('recipientRefused')}</button></p>
</form>`,
  });
}

/** What was answered: there is one answer, and this is it. */
export function recipientAnsweredPage(
  asked: Asked & { answer: NonNullable<Asked['answer']> },
  words: Words,
): Response {
  const { status, at, note, proof } = asked.answer;
  const date = words.date(at.toISOString());
  return pageResponse({
    words,
    title: words.page('recipientAnswered'),
    body: piece`<p role="status">${words.page('recipientAnswer', { date, answer: words.page(ANSWER[status]) })}</p>
${note !== undefined && piece`<p>${words.page('recipientReason', { note })}</p>`}
${about(asked, words)}
${proof !== undefined && piece`<p>${words.page('recipientProof')}</p><p class="soft"><code>${proof}</code></p>`}`,
  });
}

/** The same for whatever is wrong with a link. */
export function recipientGonePage(words: Words): Response {
  const { contact, privacyUrl } = words.config.controller;
  return pageResponse({
    words,
    title: words.page('goneTitle'),
    body: piece`<p>${words.page('recipientGone')}</p>
<p>${words.page('recipientAsk', { contact: contact ?? privacyUrl })}</p>`,
    status: 404,
  });
}

function about({ recipient, event, against, notice, askedAt }: Asked, words: Words): Html {
  const controller = words.config.controller.name;
  const date = words.date(askedAt.toISOString());
  const text = against === 'marketing' ? 'recipientAdvertising' : TEXT[event];
  return piece`<p>${words.page(text, { controller })}</p>
<p class="soft">${words.page('recipientFor', { name: recipient.name, date, notice })}</p>`;
}

function correctionsOf({ corrections }: Asked, words: Words): Html | false {
  if (!corrections) return false;
  const say = (text: LocalText) => localText(text, words.language) ?? '';
  const placeOf = ({ system, category, field }: Correction) => [system, category, field].join('/');
  const places = corrections.map(placeOf);
  // The record's id helps where there are several of a kind, and nowhere else.
  const isOneOfMany = (each: Correction) =>
    places.filter((place) => place === placeOf(each)).length > 1;
  return piece`<h2>${words.page('recipientCorrections')}</h2>
<dl>${corrections.map((each) => {
    const { names, record, value } = each;
    const which = isOneOfMany(each) && ` (${record})`;
    return piece`<dt>${say(names.system)} – ${say(names.category)}${which}, ${say(names.field)}</dt><dd dir="auto">${value === '' ? words.page('recipientEmpty') : value}</dd>`;
  })}</dl>
`;
}
