import type {
  Age,
  Basis,
  Channel,
  ContactKind,
  Frequency,
  RefusalGround,
  RequestAct,
  RequestState,
  RequestType,
  Scope,
  ToldRecipient,
} from '@placet/contract';
import type { ColumnType } from 'kysely';

/** Written once, as the role `placet_app` cannot change it. */
type Fixed<Type> = ColumnType<Type, Type, never>;

/** The tables, as `migrations/` makes them; what each is for stands there. */
export interface Tables {
  config_version: {
    site: Fixed<string>;
    hash: Fixed<Uint8Array>;
    notice: Fixed<string>;
    config: Fixed<string>;
    first_seen: Fixed<Date>;
  };
  notice: {
    site: Fixed<string>;
    hash: Fixed<Uint8Array>;
    version: Fixed<string>;
    language: Fixed<string>;
    text: Fixed<string>;
    source: Fixed<'browser' | 'server' | 'staff'>;
    first_seen: Fixed<Date>;
  };
  record: {
    site: Fixed<string>;
    id: Fixed<string>;
    kind: Fixed<'consent' | 'opt-in'>;
    received_at: Fixed<Date>;
    body: Fixed<string>;
    leaf_hash: Fixed<Uint8Array>;
    leaf_index: ColumnType<number | null, undefined, number>;
  };
  evidence: {
    site: Fixed<string>;
    lookup: Fixed<Uint8Array>;
    record: Fixed<string>;
    key: Fixed<Uint8Array>;
    data: Fixed<Uint8Array>;
  };
  log_head: { site: Fixed<string>; size: number; frontier: Uint8Array };
  log_node: {
    site: Fixed<string>;
    level: Fixed<number>;
    index: Fixed<number>;
    hash: Fixed<Uint8Array>;
  };
  log_checkpoint: {
    site: Fixed<string>;
    size: Fixed<number>;
    root: Fixed<Uint8Array>;
    frontier: Fixed<Uint8Array>;
    leaves: Fixed<Uint8Array>;
    note: Fixed<string>;
    at: Fixed<Date>;
  };
  log_witnessed: {
    site: Fixed<string>;
    size: Fixed<number>;
    witness: Fixed<string>;
    at: Fixed<Date>;
  };
  contact: {
    site: Fixed<string>;
    id: Fixed<string>;
    person: string;
    kind: Fixed<ContactKind>;
    lookup: Fixed<Uint8Array>;
    key: Fixed<Uint8Array>;
    data: Fixed<Uint8Array>;
    language: string;
    epoch: number;
    frequency: Frequency | null;
    age: Age | null;
    paused_until: Date | null;
    verified_at: Date | null;
    first_seen: Fixed<Date>;
    last_act: Date;
  };
  pending_opt_in: {
    site: Fixed<string>;
    record: Fixed<string>;
    contact: Fixed<string>;
    epoch: Fixed<number>;
    wanted: Fixed<string>;
    guardian: Fixed<Uint8Array | null>;
    agreed_at: Date | null;
    code: Uint8Array | null;
    code_expires_at: Date | null;
    code_attempts: number;
    expires_at: Fixed<Date>;
    confirmed_at: Date | null;
  };
  token: {
    hash: Fixed<Uint8Array>;
    site: Fixed<string>;
    record: Fixed<string>;
    contact: Fixed<string>;
    expires_at: Fixed<Date>;
    used_at: Date | null;
  };
  subscription: {
    site: Fixed<string>;
    contact: Fixed<string>;
    topic: Fixed<string>;
    channel: Fixed<Channel>;
    controller: Fixed<string>;
    status: 'active' | 'withdrawn';
    basis: Basis;
    record: string;
    since: Date;
    epoch: number;
    last_sent: Date | null;
  };
  suppression: {
    site: Fixed<string>;
    lookup: Fixed<Uint8Array>;
    channel: Fixed<Channel>;
    controller: Fixed<string>;
    topic: Fixed<string>;
    reason: 'withdrawn' | 'objected' | 'erased' | 'bounced';
    at: Date;
    epoch: number;
  };
  contact_entry: { site: Fixed<string>; contact: Fixed<string>; record: Fixed<string> };
  sent_message: {
    site: Fixed<string>;
    recipient: Fixed<Uint8Array>;
    id: Fixed<string>;
    at: Fixed<Date>;
  };
  job: {
    id: Fixed<string>;
    site: Fixed<string>;
    queue: Fixed<string>;
    dedupe: Fixed<string | null>;
    payload: Uint8Array;
    due_at: Date;
    created_at: Fixed<Date>;
    attempts: number;
    lease_until: Date | null;
    failed_at: Date | null;
    last_error: string | null;
  };
  tool_delivery: {
    site: Fixed<string>;
    tool: Fixed<string>;
    id: Fixed<string>;
    record: Fixed<string>;
    created_at: Fixed<Date>;
    attempts: number;
    acknowledged_at: Date | null;
    alerted_at: Date | null;
    last_error: string | null;
  };
  identity_challenge: {
    id: Fixed<string>;
    site: Fixed<string>;
    lookup: Fixed<Uint8Array>;
    key: Fixed<Uint8Array>;
    data: Fixed<Uint8Array>;
    language: Fixed<string>;
    token: Uint8Array | null;
    browser: Fixed<Uint8Array>;
    code: Uint8Array | null;
    attempts: number;
    created_at: Fixed<Date>;
    expires_at: Fixed<Date>;
  };
  identity_session: {
    hash: Fixed<Uint8Array>;
    site: Fixed<string>;
    way: Fixed<'link' | 'code'>;
    lookup: Fixed<Uint8Array>;
    key: Fixed<Uint8Array>;
    data: Fixed<Uint8Array>;
    created_at: Fixed<Date>;
    expires_at: Fixed<Date>;
  };
  request: {
    site: Fixed<string>;
    id: Fixed<string>;
    type: Fixed<RequestType>;
    state: RequestState;
    scope: Fixed<Scope['kind']>;
    channel: Fixed<IntakeChannel>;
    hash: Fixed<Uint8Array>;
    key: Uint8Array | null;
    data: Uint8Array | null;
    language: Fixed<string>;
    received_at: Date;
    due_at: Date;
    entered_at: Fixed<Date>;
    verified_at: Date | null;
    extended_at: Date | null;
    undo_until: Date | null;
    executed_at: Date | null;
    purge_at: Date | null;
    closed_at: Date | null;
    package_until: Date | null;
    ground: RefusalGround | null;
    outcome: string | null;
    version: number;
  };
  request_contact: { site: Fixed<string>; request: Fixed<string>; lookup: Fixed<Uint8Array> };
  request_event: {
    site: Fixed<string>;
    request: Fixed<string>;
    id: Fixed<string>;
    at: Fixed<Date>;
    act: Fixed<RequestAct>;
    actor: Fixed<string>;
    note: string | null;
  };
  request_item: {
    site: Fixed<string>;
    request: Fixed<string>;
    item: Fixed<string>;
    label: string;
    required: boolean;
    status: 'open' | 'done' | 'not-applicable';
    actor: string | null;
    settled_at: Date | null;
    how: SettledHow | null;
    note: string | null;
  };
  request_step: {
    site: Fixed<string>;
    request: Fixed<string>;
    system: Fixed<string>;
    step: Fixed<StepName>;
    status: 'waiting' | 'done' | 'failed';
    data: Uint8Array | null;
    report: string | null;
    done_at: Date | null;
  };
  package_part: {
    site: Fixed<string>;
    request: Fixed<string>;
    system: Fixed<string>;
    category: Fixed<string>;
    seq: Fixed<number>;
    records: Fixed<number>;
    data: Fixed<Uint8Array>;
  };
  kept_record: {
    site: Fixed<string>;
    request: Fixed<string>;
    system: Fixed<string>;
    category: Fixed<string>;
    record: Fixed<string>;
    batch: string;
    ground: string;
    until: Date;
    key: Uint8Array;
    data: Uint8Array;
  };
  kept_opening: {
    site: Fixed<string>;
    id: Fixed<string>;
    batch: Fixed<string>;
    request: Fixed<string>;
    system: Fixed<string>;
    category: Fixed<string>;
    at: Fixed<Date>;
    actor: Fixed<string>;
    purpose: Fixed<OpeningPurpose>;
  };
  restricted_contact: {
    site: Fixed<string>;
    lookup: Fixed<Uint8Array>;
    restriction: Fixed<'restricted' | 'hidden'>;
    request: Fixed<string>;
    since: Fixed<Date>;
  };
  recipient_notice: {
    site: Fixed<string>;
    request: Fixed<string>;
    recipient: Fixed<string>;
    event: Fixed<RecipientEvent>;
    id: Fixed<string>;
    status: ToldRecipient['status'];
    token: Uint8Array | null;
    attempts: number;
    created_at: Fixed<Date>;
    sent_at: Date | null;
    reminded_at: Date | null;
    answered_at: Date | null;
    actor: string | null;
    note: string | null;
    proof: string | null;
    last_error: string | null;
  };
  certificate: {
    site: Fixed<string>;
    id: Fixed<string>;
    token: Fixed<Uint8Array>;
    body: Fixed<string>;
    at: Fixed<Date>;
  };
}

/** How a request came (000-24). */
export type IntakeChannel = 'web' | 'in-person' | 'phone' | 'email' | 'post' | 'agent';

/** What is done for a request in a system. */
export type StepName = 'find' | 'collect' | 'rectify' | 'restrict' | 'hide' | 'erase';

/** What recipients are told of. */
export type RecipientEvent = 'erasure' | 'rectification' | 'restriction' | 'objection';

/** How a line of the checklist was settled (users-ask 37). */
export type SettledHow = 'done-here' | 'done-elsewhere' | 'not-needed' | 'kept-by-law';

/** What kept records are opened for. */
export type OpeningPurpose = 'audit' | 'accounts' | 'claim' | 'authority' | 'person';
