import type { RecordedNotice } from '../consent-record.js';
import type { Gesture } from '../decision.js';

/** By which way messages come. `phone` is a person calling (E-08). */
export type Channel = 'email' | 'sms' | 'phone';

/** What a channel needs to reach somebody. */
export type ContactKind = 'email' | 'phone';

/**
 * The ground that messages stand on: `consent`; `soft-opt-in`, an existing customer and own similar
 * products (002-23, E-05); `b2b`, a professional about the profession (002-22).
 */
export type Basis = 'consent' | 'soft-opt-in' | 'b2b';

/**
 * What has to hold for messages without consent, as the host vouches for it (002-22, 002-23, E-05):
 * the shop that sold is the one that writes; the address was given in the sale; it is about similar
 * products; an objection was offered then, and is in each message; it is about the person's work.
 */
export type Condition =
  | 'same-controller'
  | 'obtained-in-sale'
  | 'similar-products'
  | 'objection-offered'
  | 'role-related';

/** How often at most, if the person chose (002-27). */
export type Frequency = 'weekly' | 'monthly' | 'quarterly';

/** What a person said of their age where the site asks: `marketing.minimumAge` or older, or younger. */
export type Age = 'over' | 'under';

/** One thing that can be said yes to: one topic, by one channel, from one controller (001-26, 002-26). */
export interface Choosable {
  topic: string;
  channel: Channel;
  /** `default` is the site's own. */
  controller: string;
}

/** What the person said about one {@link Choosable}. */
export interface OptInChoice extends Choosable {
  /**
   * With `consent`: whether the box was ticked; `false` says nothing and withdraws nothing. With
   * `soft-opt-in` and `b2b`: `false` where the objection was ticked.
   */
  granted: boolean;
}

/** Ways to reach the person: an e-mail address, a telephone number (E.164 once it is stored). */
export interface Contacts {
  email?: string;
  phone?: string;
}

/** What a person chose on an opt-in form: `POST {endpoint}/subscriptions`, and the form entry `placet-opt-in` (001-25…33). */
export interface OptIn {
  /** A UUID: sending it again changes nothing. Known to the person's browser alone. */
  id: string;
  /** When it was sent off, by the person's clock: ISO 8601, UTC. */
  at: string;
  /** Every box that was shown, in order. */
  choices: readonly OptInChoice[];
  /** @default 'consent' */
  basis?: Basis;
  contacts: Contacts;
  /** What a ticked box still needs: the opt-in is incomplete, and can be finished later. */
  missing?: readonly ContactKind[];
  frequency?: Frequency;
  /**
   * What was answered to the question about the age; where the site has a `marketing.minimumAge`, no
   * consent is taken without it. `under` where a `guardian` is given.
   */
  age?: Age;
  /** There if the person is under `marketing.minimumAge`: the parent is asked to agree first (GDPR art. 8). */
  guardian?: { email: string };
  /** What makes somebody an existing customer; for `soft-opt-in`, added by the host (E-05, E-07). */
  sale?: { id: string; at?: string };
  /** What somebody does, and where their address at work comes from; for `b2b`, added by the host (002-22). */
  profession?: { role: string; source: string };
  /** What the host vouches for: all that `soft-opt-in` or `b2b` needs (002-22, E-05). */
  conditions?: readonly Condition[];
  notice: RecordedNotice;
  gesture: Gesture;
  /** BCP 47, of the notice. */
  language: string;
  /** The page's address without query and fragment. */
  page: string;
  /** @default 'default' */
  site?: string;
}

/** The same whoever the address belongs to, and whether or not it is known. */
export interface OptInResult {
  /** The opt-in's id. */
  id: string;
  /** ISO 8601, UTC, by the register's clock. */
  receivedAt: string;
  notice: { version: string; hash: string };
  /** What is confirmed before anything is sent: `email` by the link mailed, `phone` by the code sent. */
  confirm: readonly ContactKind[];
  /** Ticked, but there is no way to reach the person: nothing is stored for these. */
  missing: readonly ContactKind[];
}

/** Shows that a contact is the person's own: the link's token, or the code with the opt-in's id. */
export type Confirmation = { token: string } | { id: string; code: string };

/** What has been confirmed. */
export interface Confirmed {
  /** What holds from now on; nothing yet, where it was a parent who agreed. */
  choices: readonly OptInChoice[];
  /** Opens the preference centre; not the parent's. */
  access?: string;
  /** There if a parent has agreed: the person's own contacts, which are confirmed next. */
  confirm?: readonly ContactKind[];
}

/** Opens a preference centre: the token of a message's link, or the host's session if there is none. */
export interface Access {
  token?: string | undefined;
}

export type SubscriptionStatus = 'active' | 'pending' | 'withdrawn' | 'none';

/** How one {@link Choosable} stands. */
export interface SubscriptionItem extends Choosable {
  status: SubscriptionStatus;
  basis?: Basis;
  /** Since when it stands so: ISO 8601, UTC. */
  since?: string;
  /** The register's entry that says so. */
  record?: string;
}

/** What happened, as the register tells it. */
export interface SubscriptionEvent {
  /** The register's entry: a UUID. */
  record: string;
  act: OptInAct;
  /** ISO 8601, UTC. */
  at: string;
  how: OptInWay;
  choices: readonly OptInChoice[];
}

/** What an entry of the register says was done. */
export type OptInAct = 'asked' | 'agreed' | 'confirmed' | 'changed' | 'withdrawn' | 'imported';

/** By which way it was done. */
export type OptInWay =
  | 'form'
  | 'plain-form'
  | 'api'
  | 'link'
  | 'code'
  | 'preferences'
  | 'unsubscribe'
  | 'one-click'
  | 'sms-stop'
  | 'staff'
  | 'tool'
  | 'import';

/** What the preference centre shows. */
export interface Subscriptions {
  /** Who it is about, not to be read by others: `c•••@example.org`. */
  contacts: readonly { kind: ContactKind; shown: string }[];
  /** Everything that the site offers for these contacts; see `formOnly`. */
  items: readonly SubscriptionItem[];
  frequency?: Frequency;
  /** Nothing is sent before: ISO 8601, UTC. */
  pausedUntil?: string;
  /**
   * True where nothing can be added here: the site asks for the age first, on its opt-in form, and
   * `items` are those that can be left (GDPR art. 8).
   */
  formOnly?: boolean;
  /** Newest first. */
  history: readonly SubscriptionEvent[];
}

/** What the person changes in the preference centre; what is left out stays. */
export interface SubscriptionChange {
  /** A UUID: sending it again changes nothing. */
  id: string;
  at: string;
  /** `granted: false` withdraws; `true` grants on the notice and by the gesture given here. */
  choices?: readonly OptInChoice[];
  /** `null`: no wish. */
  frequency?: Frequency | null;
  /** ISO 8601, UTC, a year ahead at most; `null` ends the pause. */
  pausedUntil?: string | null;
  notice: RecordedNotice;
  gesture: Gesture;
  language: string;
  page: string;
}
