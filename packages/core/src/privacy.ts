import {
  PlacetError,
  isAllowed,
  isExpired,
  isLax,
  newestDecision,
  type Choices,
  type Decision,
  type SiteConfig,
  type VisitorAdapter,
} from '@placet/contract';
import type * as choosing from './choosing.js';
import type { ConsentStorage } from './cookie-storage.js';
import { cookieValues } from './cookie-values.js';
import { ConsentChangeEvent, PREFERENCES_OPEN } from './events.js';
import { createGate } from './gate.js';
import { createSignals, openPurposes } from './signals.js';
import { createTabs } from './tabs.js';
import type { Warn } from './warn.js';

/** What a choice came from. Widgets hand over the event; calls from the page's code need none. */
export interface ChoiceContext {
  event?: Event | undefined;
  /** The control used, as the register will name it. @default 'api' */
  control?: string | undefined;
  /** The canonical text of what was shown, or what gives it, for the register (`canonicalNotice`). */
  notice?: string | (() => string | Promise<string>) | undefined;
}

/** The page's consent: one object, handed to the widgets (design §3 "Global and API"). */
export interface Privacy extends EventTarget {
  /** Resolves once the config is read and what may run has been let go; rejects with `config/unreadable`. */
  readonly ready: Promise<void>;
  /** `undefined` until {@link ready}. */
  readonly config: SiteConfig | undefined;
  /** BCP 47: the config's, else the page's, else `en`. */
  readonly language: string;
  /** The choice in force; `undefined` = undecided. */
  readonly decision: Decision | undefined;
  /** The newest choice on this device, in force or not: an old notice or its end may have overtaken it. */
  readonly latest: Decision | undefined;
  /** Whether the browser sends Global Privacy Control (rules §3.3). */
  readonly gpc: boolean;
  /** The current time, as this page counts it. */
  now(): Date;
  /** Whether a purpose (`marketing`) or a service (`marketing/youtube`, `youtube`) may run. */
  allows(purposeOrService: string): boolean;
  /** Grants everything. Rejects with `consent/no-gesture` unless the visitor just did something. */
  acceptAll(context?: ChoiceContext): Promise<void>;
  /** Refuses everything that can be refused. Accepts any call. */
  refuseAll(context?: ChoiceContext): Promise<void>;
  /**
   * Answers some purposes or services; the others keep their answer, or are denied if they had none.
   * Granting needs a gesture as {@link acceptAll} does.
   */
  decide(choices: Choices, context?: ChoiceContext): Promise<void>;
  /** Takes one purpose or service back, leaving the end date of the others where it is; or, without a name, refuses all. */
  withdraw(purposeOrService?: string, context?: ChoiceContext): Promise<void>;
  /** Opens the preferences panel; rejects with `preferences/missing` where there is none. */
  openPreferences(): Promise<void>;
  /** The backend that proves choices, where there is one; the script tag's is there once it is needed. */
  readonly adapter?: VisitorAdapter | undefined;
}

/** What {@link createPrivacy} works with, so that tests and hosts can hand in their own. */
export interface PrivacyOptions {
  /** @default the choice cookie of the config */
  storage?: ConsentStorage | undefined;
  /** @default () => new Date() */
  now?: (() => Date) | undefined;
  /** The page's CSP nonce. Where given, only held scripts that carry it open. */
  nonce?: string | undefined;
  /** Brings a preferences panel onto the page when one is asked for and none is there. */
  loadPreferences?: (() => Promise<unknown>) | undefined;
  /** Stops everything, for pages that outlive their consent (single-page apps, tests). */
  signal?: AbortSignal | undefined;
  warn?: Warn | undefined;
  /** The backend that proves choices. Without one, nothing of a choice leaves this device. */
  adapter?: VisitorAdapter | undefined;
}

/** Takes a decision into safety until the backend has it; without one, the choice in force if that was never acknowledged. */
export type Keep = (decision?: Decision, notice?: ChoiceContext['notice']) => Promise<unknown>;

/** What {@link startPrivacy} works with besides. */
export interface StartOptions extends PrivacyOptions {
  /** Handed every choice made on this page, to prove it; a page that must be loaded anew waits for that. */
  keep?: Keep | undefined;
}

/** What the visitor can do, brought along only when it is done. */
type LoadChoosing = () => Promise<Pick<typeof choosing, 'choose' | 'clean' | 'store'>>;

/**
 * Starts consent on this page with the choosing half brought along when needed:
 * what the script tag uses. Modules use `createPrivacy`.
 */
export function startPrivacy(
  given: SiteConfig | Promise<SiteConfig>,
  options: StartOptions,
  loadChoosing: LoadChoosing,
): Privacy {
  const tellSignals = createSignals();
  const gpc = (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true;
  const now = options.now ?? (() => new Date());
  let config: SiteConfig | undefined;
  /** The newest choice on this device, which may count no longer. */
  let latest: Decision | undefined;
  /** False once storage refused a choice: it then holds for this page alone. */
  let isStored = true;
  /** Whether the signals have heard of a choice, and must hear of every further change. */
  let wasTold: unknown;
  let tellTabs: () => void;

  const current = () =>
    latest && latest.notice === config!.notice && !isExpired(latest, now()) ? latest : undefined;
  const allows = (name: string) =>
    !!config && isAllowed(name, config.purposes, current(), config.regime, gpc);
  const gate = createGate({ ...options, allows });

  function begin(value?: SiteConfig): void {
    // `core` carries no schema: it asks for what it cannot do without (only a text can be trimmed)
    // and ignores what it does not know.
    if (!value?.notice?.trim || !value.purposes?.every?.((purpose) => purpose?.id))
      throw new PlacetError('config/unreadable');
    config = value;
    read();
    tellTabs = createTabs(refresh, options);
    follow();
  }

  /** Takes the newest stored choice, if it still counts; copies that could contradict it are removed. */
  function read(): void {
    if (!isStored) return;
    const values = options.storage?.read() ?? cookieValues(config!.cookie?.name);
    const found = newestDecision(values, now());
    // A page that made the choice knows more of it than its cookie carries.
    if (latest?.id !== found?.id) latest = found;
    if (found && values[1])
      loadChoosing().then(
        ({ store }) => store(found, config!, options.storage),
        () => 0,
      );
  }

  function refresh(): void {
    const before = current()?.id;
    read();
    if (current()?.id !== before) void apply();
  }

  async function choose(
    answers: boolean | Choices | string,
    usual: string,
    context?: ChoiceContext,
  ): Promise<void> {
    const isActive = navigator.userActivation?.isActive;
    await ready;
    const choice = (await loadChoosing()).choose({
      ...options,
      control: usual,
      ...context,
      privacy,
      answers,
      isActive,
    });
    if (!choice) return;
    [latest, isStored] = choice;
    tellTabs();
    await apply(options.keep?.(latest, context?.notice));
  }

  /** Lets the page follow a changed choice. */
  async function apply(kept?: Promise<unknown>): Promise<void> {
    follow();
    for (const each of [privacy, document]) each.dispatchEvent(new ConsentChangeEvent(current()));
    await loadChoosing().then(
      ({ clean }) => clean(privacy, gate.ran, kept),
      () => 0,
    );
  }

  function follow(): void {
    wasTold ||= current() || isLax(config!.regime);
    if (wasTold) tellSignals(openPurposes(config!.purposes, allows));
    gate.open();
  }

  // A config in hand is used at once: a returning visitor's scripts do not wait for a microtask.
  const ready = (async () =>
    begin(given instanceof Promise ? await given.catch(() => undefined) : given))();
  ready.catch(console.error);

  class PagePrivacy extends EventTarget implements Privacy {
    ready = ready;
    gpc = gpc;
    now = now;
    allows = allows;
    get decision() {
      return current();
    }
    get language() {
      return config?.language || document.documentElement.lang || 'en';
    }
    get latest() {
      return latest;
    }
    get config() {
      return config;
    }
    acceptAll = (context?: ChoiceContext) => choose(true, 'accept', context);
    refuseAll = (context?: ChoiceContext) => choose(false, 'refuse', context);
    decide = (choices: Choices, context?: ChoiceContext) => choose(choices, 'api', context);
    withdraw = (name?: string, context?: ChoiceContext) =>
      choose(name ?? false, 'withdraw', context);
    async openPreferences() {
      const isOpened = () => !this.dispatchEvent(new Event(PREFERENCES_OPEN, { cancelable: true }));
      if (isOpened()) return;
      await options.loadPreferences?.();
      if (!isOpened()) throw new PlacetError('preferences/missing');
    }
  }
  const privacy = new PagePrivacy();
  return privacy;
}
