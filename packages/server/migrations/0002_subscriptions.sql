-- Opt-ins stand in the register beside decisions.
alter table record drop constraint record_kind_check;
alter table record add constraint record_kind_check check (kind in ('consent', 'opt-in'));
alter table notice drop constraint notice_source_check;
alter table notice add constraint notice_source_check check (source in ('browser', 'server', 'staff'));

-- Ways to reach people. `lookup` is a keyed hash of the normalised address; `key` and `data` are
-- as in `evidence`. Rows are locked in the order of their ids.
create table contact (
  site text not null,
  id uuid not null,
  -- The same for contacts that one person confirmed together.
  person uuid not null,
  kind text not null check (kind in ('email', 'phone')),
  lookup bytea not null,
  key bytea not null,
  data bytea not null,
  language text not null,
  -- Moves with every withdrawal: what was asked for before cannot be confirmed after.
  epoch integer not null,
  frequency text check (frequency in ('weekly', 'monthly', 'quarterly')),
  paused_until timestamptz,
  verified_at timestamptz,
  first_seen timestamptz not null,
  -- The last thing that the person did: retention counts from it (002-30).
  last_act timestamptz not null,
  primary key (site, id)
);
create unique index contact_lookup on contact (site, lookup);
create index contact_person on contact (site, person);
create index contact_last_act on contact (site, last_act);

-- Opt-ins that wait for a contact to be confirmed.
create table pending_opt_in (
  site text not null,
  -- The register's entry that asked.
  record uuid not null,
  contact uuid not null,
  -- The contact's, when it was asked.
  epoch integer not null,
  -- JSON: basis, choices, frequency.
  wanted text not null,
  -- Who agrees first, encrypted as `contact.data`; absent unless a parent does.
  guardian bytea,
  agreed_at timestamptz,
  -- Keyed hash of the code sent by SMS.
  code bytea,
  code_expires_at timestamptz,
  code_attempts smallint not null,
  expires_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (site, record, contact)
);
create index pending_contact on pending_opt_in (site, contact);
create index pending_expiry on pending_opt_in (expires_at);

-- Links in confirmation mails: SHA-256 of the token, which is nowhere else.
create table token (
  hash bytea primary key,
  site text not null,
  record uuid not null,
  contact uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index token_pending on token (site, record, contact);

-- How each choice of each contact stands. `record` is the register's entry that says so.
create table subscription (
  site text not null,
  contact uuid not null,
  topic text not null,
  channel text not null check (channel in ('email', 'sms', 'phone')),
  controller text not null,
  status text not null check (status in ('active', 'withdrawn')),
  basis text not null check (basis in ('consent', 'soft-opt-in', 'b2b')),
  record uuid not null,
  since timestamptz not null,
  -- The contact's, when it was said: what suppresses at a later one is stronger.
  epoch integer not null,
  last_sent timestamptz,
  primary key (site, contact, topic, channel, controller)
);
create index subscription_record on subscription (site, record);

-- Who must not be written to, even after everything else about them was erased (002-32): a keyed
-- hash of the address, of another key than `contact.lookup`. `*` is every topic or controller.
create table suppression (
  site text not null,
  lookup bytea not null,
  channel text not null check (channel in ('email', 'sms', 'phone')),
  controller text not null,
  topic text not null,
  reason text not null check (reason in ('withdrawn', 'objected', 'erased', 'bounced')),
  at timestamptz not null,
  -- The address's from then on, also if no contact is left to keep it.
  epoch integer not null,
  primary key (site, lookup, channel, controller, topic)
);

-- Which entries of the register are about which contact: for its history, and to be destroyed with it.
create table contact_entry (
  site text not null,
  contact uuid not null,
  record uuid not null,
  primary key (site, contact, record)
);
create index contact_entry_record on contact_entry (site, record);

-- Confirmations and links that went to an address at a stranger's word, counted for a day so that
-- nobody's mailbox is flooded. `recipient` is a keyed hash.
create table sent_message (
  site text not null,
  recipient bytea not null,
  id uuid not null,
  at timestamptz not null,
  primary key (site, recipient, id)
);
create index sent_message_at on sent_message (at);

grant select, insert, update, delete
  on contact, pending_opt_in, token, subscription, suppression, contact_entry, sent_message to placet_app;
