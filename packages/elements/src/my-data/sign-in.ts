import { PlacetError, type ErrorCode, type IdentityProof, type Session } from '@placet/contract';
import { html, nothing } from 'lit/html.js';
import { renderButton, renderForm, renderInput, renderSubmit } from './controls.js';
import type { Said, Widget } from './widget.js';
import { renderContact } from './whom.js';

/** Lets the person show who they are: by a mailed link, or by the code that came with it (A-09, R-07). */
export interface SignIn {
  /** Whether a mailed link waits for a click. */
  readonly hasLink: boolean;
  /** A mailed link was opened. */
  open(token: string): void;
  render(): unknown;
}

/** @param entered called with whoever showed who they are */
export function createSignIn(widget: Widget, entered: (session: Session) => unknown): SignIn {
  const { text, say, act } = widget;
  /** Of a link; used up by a click alone, since scanners of mail open links, too. */
  let token: string | undefined;
  let address = '';
  let code = '';
  /** Where what was mailed has gone. */
  let sentTo: string | undefined;
  let wrong: 'address' | 'code' | undefined;

  const identity = () => widget.adapter.identity!;
  const kind = () =>
    widget.offered.identity!.contacts.includes('email') ? ('email' as const) : ('phone' as const);

  function mark(field: typeof wrong): Said | undefined {
    wrong = field;
    widget.requestUpdate();
    if (field) void widget.focus(`#${field}`);
    return undefined;
  }

  /** Makes a call; what the backend finds wrong with a field is said beside it. */
  async function tell(
    call: () => Promise<Said | undefined>,
    expected: ErrorCode,
    otherwise: () => Said | undefined,
  ): Promise<void> {
    await act('who', async () => {
      try {
        return await call();
      } catch (error) {
        if (error instanceof PlacetError && error.code === expected) return otherwise();
        throw error;
      }
    });
  }

  async function send(contact: string): Promise<void> {
    const isWhole = (kind() === 'email' ? /^\S+@\S+\.\S+$/ : /\d{4}/).test(contact);
    mark(isWhole ? undefined : 'address');
    if (!isWhole) return say('who');
    const start = async (): Promise<Said> => {
      await identity().start({ [kind()]: contact }, { language: widget.language });
      sentTo = contact;
      code = '';
      return ['dataSent', { contact }, '#code'];
    };
    await tell(start, 'contact/invalid', () => mark('address'));
  }

  async function finish(proof: IdentityProof, otherwise: () => Said | undefined): Promise<void> {
    let session: Session | undefined;
    const call = async () => {
      session = await identity().finish(proof);
      token = sentTo = undefined;
      address = code = '';
      return undefined;
    };
    await tell(call, 'token/unknown', otherwise);
    if (session) entered(session);
  }

  const sendCode = async () => {
    const typed = code.trim();
    const isWhole = /^[\d\s-]{4,16}$/.test(typed);
    mark(isWhole ? undefined : 'code');
    if (isWhole) await finish({ code: typed }, () => mark('code'));
  };

  const follow = () =>
    finish({ token: token! }, () => {
      token = undefined;
      return ['dataLinkWrong', {}, '#address'];
    });

  function restart(): void {
    sentTo = undefined;
    wrong = undefined;
    void say('who').then(() => widget.focus('#address'));
  }

  const renderAddress = () =>
    renderForm(
      html`${renderInput(
        {
          id: 'address',
          label: text(kind() === 'email' ? 'dataEmail' : 'dataPhone'),
          value: address,
          type: (value) => (address = value),
          hint: text('dataEmailHint'),
          fault: wrong && text(kind() === 'email' ? 'dataEmailWrong' : 'dataPhoneWrong'),
        },
        kind(),
      )}
      ${renderSubmit('send', text('dataSend'))}`,
      () => send(address.trim()),
    );

  const renderCode = () =>
    html`${renderForm(
        html`${renderInput(
          {
            id: 'code',
            label: text('dataCode'),
            value: code,
            type: (value) => (code = value),
            hint: text('dataCodeHint'),
            fault: wrong && text('dataCodeWrong'),
          },
          'code',
        )}
        ${renderSubmit('code', text('dataContinue'))}`,
        sendCode,
      )}
      <p class="row">
        <button part="small-button" type="button" id="again" @click=${() => send(sentTo!)}>
          ${text('dataAgain')}
        </button>
        <button part="small-button" type="button" id="other" @click=${restart}>
          ${text('dataOther')}
        </button>
      </p>`;

  /** Where the host's own session alone says who somebody is. */
  const renderElsewhere = () =>
    renderContact(widget.config, (contact) => text('dataElsewhere', { contact }));

  return {
    get hasLink() {
      return !!token;
    },
    open(given) {
      token = given;
      sentTo = undefined;
      widget.requestUpdate();
    },
    render() {
      const { config } = widget;
      const canAsk = widget.offered.identity?.contacts[0];
      return html`<section part="section">
        ${token || sentTo || !canAsk ? nothing : html`<p>${text('dataIntro')}</p>`}
        ${token ? html`<p>${text('dataLink')}</p>` : nothing} ${widget.renderSaid('who')}
        ${
          token
            ? renderButton('continue', text('dataContinue'), follow)
            : !canAsk
              ? renderElsewhere()
              : sentTo === undefined
                ? renderAddress()
                : renderCode()
        }
        ${canAsk ? renderContact(config, (contact) => text('dataContact', { contact })) : nothing}
      </section>`;
    },
  };
}
