import { contactKindOf, type GetOptInText, type OptInForm } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import type { Faults, FieldName } from './answers.js';

/** What the pieces of an opt-in form are drawn from. */
export interface Drawing {
  form: OptInForm;
  /** Keys of boxes. */
  ticked: ReadonlySet<string>;
  /** Everything typed or chosen, as it is. */
  typed: Readonly<Partial<Record<FieldName, string>>>;
  faults: Faults;
  /** Fields of the widget's own, for what is ticked. */
  fields: ReadonlySet<FieldName>;
  text: GetOptInText;
  tick(event: Event, key: string): void;
}

/** The notice, then the boxes, then what a tick asks for besides, then the button (001-27). */
export function renderForm(drawing: Drawing, extras: unknown) {
  const { title, lines, controllers, submit } = drawing.form;
  return html`<h2 part="title" id="title">${title}</h2>
    <div part="text">
      ${lines.map((line) => html`<p>${line}</p>`)}
      <p>${controllers.map(({ privacyUrl, link }) => html`<a href=${privacyUrl}>${link}</a> `)}</p>
    </div>
    <ul>
      ${renderBoxes(drawing)}
    </ul>
    ${extras}
    ${submit ? html`<button part="choice-button" data-choice="submit">${submit}</button>` : nothing}`;
}

/** One box per topic, channel and controller, each with a sentence of its own (001-26, 002-21). */
function renderBoxes({ form, ticked, fields, tick }: Drawing) {
  return form.boxes.map(({ key, box, label, description }) => {
    const kind = contactKindOf(box.channel);
    const isTicked = ticked.has(key);
    // Says that a tick brings a field.
    const isOpen = isTicked && fields.has(kind);
    return html`<li>
      <input
        type="checkbox"
        part="box"
        id=${key}
        .value=${key}
        autocomplete="off"
        aria-controls=${isOpen ? kind : nothing}
        aria-expanded=${isOpen ? 'true' : 'undefined'}
        aria-describedby=${description ? `about-${key}` : nothing}
        @click=${(event: Event) => tick(event, key)}
      />
      <label part="label" for=${key}>${label}</label>
      ${description ? html`<small id="about-${key}">${description}</small>` : nothing}
    </li>`;
  });
}
