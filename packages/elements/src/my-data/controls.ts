import { html, nothing } from 'lit/html.js';

/** A button that begins something, or does it; all of them look alike. */
export function renderButton(choice: string, label: string, click: (event: Event) => unknown) {
  return html`<button part="action-button" type="button" data-choice=${choice} @click=${click}>
    ${label}
  </button>`;
}

/** The button of a form. */
export function renderSubmit(choice: string, label: string) {
  return html`<button part="action-button" data-choice=${choice}>${label}</button>`;
}

/** One of two answers, as easy to give as the other. */
export function renderChoice(choice: string, label: string, click: () => unknown) {
  return html`<button part="choice-button" type="button" data-choice=${choice} @click=${click}>
    ${label}
  </button>`;
}

/** A small one, beside what it is about. @param about the id of what names that */
export function renderSmallButton(
  id: string,
  label: string,
  about: string,
  click: (event: Event) => unknown,
) {
  return html`<button
    part="small-button"
    type="button"
    id=${id}
    aria-labelledby="${id} ${about}"
    @click=${click}
  >
    ${label}
  </button>`;
}

/** What can be typed. */
export interface Field {
  id: string;
  label: string;
  value: string;
  type(value: string): void;
  hint?: string | undefined;
  /** What is wrong with what was typed. */
  fault?: string | undefined;
}

const valueOf = (event: Event) => (event.target as HTMLInputElement | HTMLTextAreaElement).value;

const KINDS = {
  email: ['email', 'email', 'email', 320],
  phone: ['tel', 'tel', 'tel', 320],
  // The analyzer's list of tokens is older than this one.
  code: ['text', 'numeric', 'one-time-code' as 'off', 16],
  text: ['text', 'text', 'off', 2000],
} as const;

/** A line of text with its label. */
export function renderInput(field: Field, kind: keyof typeof KINDS) {
  return html`<div part="field">${renderLabel(field)} ${renderControl(field, kind)}</div>`;
}

export function renderLabel({ id, label }: Pick<Field, 'id' | 'label'>) {
  return html`<label part="label" for=${id}>${label}</label>`;
}

/** What is typed into, where its label stands elsewhere. */
export function renderControl(
  { id, value, type, hint, fault }: Omit<Field, 'label'>,
  kind: keyof typeof KINDS,
) {
  const [inputType, mode, autocomplete, most] = KINDS[kind];
  return html`<input
      part="input"
      id=${id}
      type=${inputType}
      inputmode=${mode}
      autocomplete=${autocomplete}
      maxlength=${most}
      .value=${value}
      aria-invalid=${!!fault}
      aria-describedby="about-${id}"
      @input=${(event: Event) => type(valueOf(event))}
    />
    ${renderAbout(id, fault ?? hint)}`;
}

/** Several lines of text with their label. */
export function renderText({ id, label, value, type, hint, fault }: Field) {
  return html`<div part="field">
    ${renderLabel({ id, label })}
    <textarea
      part="input"
      id=${id}
      rows="3"
      maxlength="2000"
      .value=${value}
      aria-invalid=${!!fault}
      aria-describedby="about-${id}"
      @input=${(event: Event) => type(valueOf(event))}
    ></textarea>
    ${renderAbout(id, fault ?? hint)}
  </div>`;
}

function renderAbout(id: string, about?: string) {
  return html`<small id="about-${id}">${about ?? nothing}</small>`;
}

/** A form that sends nothing by itself. */
export function renderForm(content: unknown, submit: () => unknown) {
  const send = (event: Event) => {
    event.preventDefault();
    submit();
  };
  return html`<form novalidate @submit=${send}>${content}</form>`;
}

/** A list with its heading; nothing where there is nothing to list. */
export function renderList(heading: string, items: readonly unknown[]) {
  return items.length
    ? html`<h4>${heading}</h4>
        <ul>
          ${items.map((item) => html`<li>${item}</li>`)}
        </ul>`
    : nothing;
}
