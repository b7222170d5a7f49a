import {
  type ErrorCode,
  type GetOptInText,
  type OptIn,
  type OptInTextName,
  PlacetError,
  type SubscriptionsGroup,
} from '@placet/contract';
import { OUTBOX, PlacetErrorEvent, type Privacy } from '@placet/core';
import { html, nothing } from 'lit/html.js';
import { adoptStyles } from '../shared/styles.js';
import { choiceButtons, tokens } from '../shared/tokens.styles.js';
import { OptInSubmitEvent, OptInSubmittedEvent } from '../opt-in-events.js';
import type { Answers, Faults, FieldName } from './answers.js';
import { deliver, deliverKept } from './delivery.js';
import { faultsOf } from './faults.js';
import { renderField, renderFields } from './fields.js';
import { styles as fieldStyles } from './fields.styles.js';
import type { Drawing } from './form.js';
import { styles } from './opt-in.styles.js';
import { linesOf, type Outcome } from './outcome.js';

/** What sending needs of the widget. */
export interface SendingHost {
  /** Gets the styles of what is drawn here. */
  root: ShadowRoot;
  /** The form of the host that the widget is a part of. */
  form(): HTMLFormElement | null;
  /** The page's, whose adapter and clock are used. */
  privacy(): Privacy | undefined;
  text: GetOptInText;
  dispatchEvent(event: Event): boolean;
  requestUpdate(): void;
  /** Puts the focus on the first element that matches, once everything is drawn. */
  focusFirst(selector: string): Promise<void>;
}

/** How far sending is, and what the person is told of it. */
export interface Sending {
  /** Said beside the fields. */
  readonly faults: Faults;
  /** What a tick asks for besides. */
  renderFields(drawing: Drawing): unknown;
  /** What is said about the whole form. */
  renderMessage(): unknown;
  /** The field for the code, where one was sent. */
  renderCode(): unknown;
  /**
   * Sends an opt-in between the two events that tell of it.
   *
   * @param compose makes it, once nothing is wrong
   * @param isHosts whether a field is the host's own: what it lacks is for the host to say
   */
  submit(
    answers: Answers,
    compose: () => OptIn,
    isHosts: (name: FieldName) => boolean,
  ): Promise<void>;
  /** Sends what the host's form carries, while the page goes. */
  deliver(optIn: OptIn): Promise<void>;
  /** Sends again what earlier pages could not deliver. */
  deliverKept(): Promise<void>;
  /** Takes back what was said about a field, since it has changed. */
  amend(name: FieldName): void;
  /** Says nothing any more. */
  reset(): void;
}

/** What only the backend can tell, as it is said. */
const WRONG: Faults = {
  email: 'optInEmailWrong',
  phone: 'optInPhoneWrong',
  code: 'optInCodeWrong',
};

/** Sends what was chosen; whatever fails, everything typed and ticked stays as it is. */
export function createSending(host: SendingHost, value: (name: FieldName) => string): Sending {
  const { root, text } = host;
  adoptStyles(root, [tokens, choiceButtons, styles, fieldStyles]);
  root.addEventListener('keydown', sendOnEnter);
  let said: OptInTextName | undefined;
  let faults: Faults = {};
  let outcome: Outcome | undefined;
  const subscriptions = (): SubscriptionsGroup | undefined =>
    host.privacy()?.adapter?.subscriptions;

  function say(name?: OptInTextName): void {
    said = name;
    host.requestUpdate();
  }

  const focusFault = () => host.focusFirst('input[aria-invalid=true], [aria-invalid=true] input');

  /** What the person can put right is said beside the field, everything else about the whole. */
  async function attempt(
    call: (group: SubscriptionsGroup) => Promise<void>,
    code: ErrorCode,
    field: () => FieldName,
  ): Promise<void> {
    const group = subscriptions();
    if (!group) return;
    say('optInBusy');
    try {
      await call(group);
    } catch (error) {
      const isTheirs = error instanceof PlacetError && error.code === code;
      if (isTheirs) faults = { [field()]: WRONG[field()] };
      else report(error);
      say(isTheirs ? undefined : 'optInFailed');
      await focusFault();
    }
  }

  /** As in any field of a form: the host's does not see those in here. */
  function sendOnEnter(event: Event): void {
    const { key, target, isComposing } = event as KeyboardEvent;
    const field = target as HTMLInputElement;
    // What belongs to a form of the widget's own is sent by that.
    if (key === 'Enter' && !isComposing && !field.form && field.matches('input[part=input]'))
      host.form()?.requestSubmit?.();
  }

  const report = (error: unknown) => host.dispatchEvent(new PlacetErrorEvent(error));

  async function confirm(event: Event): Promise<void> {
    event.preventDefault();
    const { optIn, result } = outcome!;
    const code = value('code');
    if (said === 'optInBusy') return;
    await attempt(
      async (group) => {
        if (!code) throw new PlacetError('token/unknown');
        await group.confirm({ id: optIn.id, code });
        outcome = {
          optIn,
          result: { ...result, confirm: result.confirm.filter((kind) => kind !== 'phone') },
        };
        say();
        await host.focusFirst('output');
      },
      'token/unknown',
      () => 'code',
    );
  }

  return {
    get faults() {
      return faults;
    },
    async submit(answers, compose, isHosts) {
      if (said === 'optInBusy') return;
      faults = Object.fromEntries(
        Object.entries(faultsOf(answers)).filter(([name]) => !isHosts(name as FieldName)),
      );
      const isEmpty = !answers.ticked.size;
      say(isEmpty ? 'optInNothing' : undefined);
      if (isEmpty || Object.keys(faults)[0]) return focusFault();
      const optIn = compose();
      if (!host.dispatchEvent(new OptInSubmitEvent(optIn))) return;
      outcome = undefined;
      await attempt(
        async (group) => {
          const result = await group.submit(optIn);
          outcome = { optIn, result };
          say();
          host.dispatchEvent(new OptInSubmittedEvent(optIn, result));
          await host.focusFirst('#code');
        },
        'contact/invalid',
        () => (optIn.contacts.phone ? 'phone' : 'email'),
      );
    },
    async deliver(optIn) {
      const group = subscriptions();
      if (group) await deliver(OUTBOX, group, optIn, report, true);
    },
    async deliverKept() {
      const group = subscriptions();
      if (group) await deliverKept(OUTBOX, group, report, host.privacy()!.now());
    },
    renderFields,
    renderMessage: () =>
      [...(said ? [text(said)] : []), ...(outcome ? linesOf(outcome, text) : [])].map(
        (line) => html`<p>${line}</p>`,
      ),
    renderCode: () =>
      outcome?.result.confirm.includes('phone')
        ? html`<form novalidate @submit=${confirm}>
            ${renderField({ faults, text }, 'code', text('optInCodeLabel'))}
            <button part="choice-button" data-choice="confirm">${text('optInCodeSubmit')}</button>
          </form>`
        : nothing,
    amend(name) {
      delete faults[name];
    },
    reset() {
      said = outcome = undefined;
      faults = {};
    },
  };
}
