import {
  optInForm,
  optInNotice,
  type OptInForm,
  type SubscriptionItem,
  type Subscriptions,
} from '@placet/contract';
import { hex, sha256 } from '../log/hash.js';
import { pageResponse, piece, type Html } from './layout.js';
import { frequencyField, safeUrl } from './opt-in-form.js';
import { isSameChoice, type Words } from './words.js';

/** What the page says to have happened. */
export type ManageDone = 'saved' | 'stopped';

/** How long a break can be, in months. */
export const PAUSES = [1, 3, 6] as const;

/** The boxes of the page, with how each stands now, and the notice that ticking one stands on. */
export function manageForm(
  { items }: Subscriptions,
  { config, language, optIn: text }: Words,
): {
  form: OptInForm;
  boxes: readonly { key: string; label: string; description?: string; item: SubscriptionItem }[];
  notice: { version: string; hash: string; text: string };
} {
  const whole = optInForm({
    config,
    language,
    text,
    topics: items.map(({ topic }) => topic),
    channels: items.map(({ channel }) => channel),
    controllers: items.map(({ controller }) => controller),
    isInside: true,
  });
  const boxes = whole.boxes.flatMap(({ box, ...shown }) => {
    const item = items.find((each) => isSameChoice(each, box));
    return item ? [{ ...shown, item }] : [];
  });
  const { age: _, ...rest } = whole;
  const form = {
    ...rest,
    boxes: whole.boxes.filter(({ key }) => boxes.some((each) => each.key === key)),
  };
  const notice = optInNotice(form, config.notice);
  return {
    form,
    boxes,
    notice: { version: config.notice, text: notice, hash: hex(sha256(notice)) },
  };
}

/** The preference centre without a script: "stop everything" first, as large as anything (002-35). */
export function managePage(
  shown: Subscriptions,
  words: Words,
  about: { endpoint: string; token: string; done?: ManageDone | undefined },
): Response {
  const { form, boxes } = manageForm(shown, words);
  const action = `${about.endpoint}/subscriptions/manage`;
  const token = piece`<input type="hidden" name="token" value="${about.token}">`;
  const contacts = shown.contacts.map(({ shown: text }) => text).join(', ');
  return pageResponse({
    words,
    title: words.page('manageTitle'),
    body: piece`${
      about.done &&
      piece`<p class="done" role="status">${words.page(about.done === 'saved' ? 'manageSaved' : 'manageStopped')}</p>`
    }
<p>${words.page('manageText', { contacts })}</p>
<form method="post" action="${action}">${token}
<p><button class="main" type="submit" name="do" value="stop">${words.page('stopAll')}</button></p>
</form>
<form method="post" action="${action}">${token}
<h2>${words.page('manageChoices')}</h2>
${boxes.length > 0 && choices(form, boxes, words, shown)}
${shown.formOnly && piece`<p>${words.page('manageFormOnly')}</p>`}
${form.frequency && frequencyField(form.frequency, shown.frequency)}
${pauseField(shown, words)}
<p><button type="submit" name="do" value="save">${words.page('manageSave')}</button></p>
</form>
<h2>${words.page('manageHistory')}</h2>
${history(shown, words)}`,
  });
}

/** What can be had, in the words of an opt-in form. */
function choices(
  form: OptInForm,
  boxes: ReturnType<typeof manageForm>['boxes'],
  words: Words,
  { formOnly = false }: Subscriptions,
): Html {
  return piece`${form.lines.map((line) => piece`<p>${line}</p>`)}
<ul>${form.controllers.map(
    ({ privacyUrl, link }) => piece`<li><a href="${safeUrl(privacyUrl)}">${link}</a></li>`,
  )}</ul>
<fieldset><legend>${form.title}</legend>
${boxes.map(({ key, label, description, item: { status } }) => {
  const isPending = status === 'pending';
  const soft = [description, isPending ? words.page('managePending') : undefined]
    .filter((each) => each !== undefined)
    .map((each) => piece`<span class="soft">${each}</span>`);
  // What only the form can ask for has no box to be ticked here.
  if (formOnly && isPending)
    return piece`<p><span>${label}</span>${soft.map((each) => piece`<br>${each}`)}</p>`;
  return piece`<label class="box"><input type="checkbox" name="choice" value="${key}" autocomplete="off"${status === 'active' && piece` checked`}><span>${label}</span>${soft}</label>`;
})}
</fieldset>`;
}

function pauseField({ pausedUntil }: Subscriptions, words: Words): Html {
  return piece`<div class="field"><label for="placet-pause">${words.page('pauseLabel')}</label>
<select id="placet-pause" name="pause" autocomplete="off">
<option value="none">${words.page('pauseNone')}</option>
${pausedUntil !== undefined && piece`<option value="keep" selected>${words.page('pauseKeep', { date: words.date(pausedUntil) })}</option>`}
${PAUSES.map((count) => piece`<option value="${count}">${words.page('pauseMonths', { count })}</option>`)}
</select></div>`;
}

function history({ history: events }: Subscriptions, words: Words): Html {
  if (events.length === 0) return piece`<p>${words.page('historyNone')}</p>`;
  return piece`<ul class="history">${events.slice(0, 50).map(
    ({ act, at, choices }) =>
      piece`<li><strong>${words.page(act)}</strong> <time datetime="${at}">${words.date(at)}</time>${choices
        // A box that was left empty said nothing.
        .filter(({ granted }) => granted || act === 'withdrawn')
        .map((choice) => piece`<br>${words.choice(choice)}`)}${
        act === 'changed' &&
        choices
          .filter(({ granted }) => !granted)
          .map((choice) => piece`<br>${words.page('stoppedOne', { choice: words.choice(choice) })}`)
      }</li>`,
  )}</ul>`;
}
