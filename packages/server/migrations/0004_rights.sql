-- Who asked to be let in, until they showed that the address is theirs. The link's token and the
-- browser's are stored as SHA-256, the code as a keyed hash; address and key as in `contact`.
create table identity_challenge (
  id uuid primary key,
  site text not null,
  lookup bytea not null,
  key bytea not null,
  data bytea not null,
  language text not null,
  token bytea,
  browser bytea not null,
  code bytea,
  attempts smallint not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create unique index identity_challenge_token on identity_challenge (token) where token is not null;
create unique index identity_challenge_browser on identity_challenge (browser);
create index identity_challenge_expiry on identity_challenge (expires_at);

-- Who showed it. `hash` is SHA-256 of the cookie's value.
create table identity_session (
  hash bytea primary key,
  site text not null,
  way text not null check (way in ('link', 'code')),
  lookup bytea not null,
  key bytea not null,
  data bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index identity_session_expiry on identity_session (expires_at);
create index identity_session_lookup on identity_session (site, lookup);

-- What people ask for. `key` and `data` are as in `contact`: the person's contacts and what they
-- said; both are destroyed once an erasure is completed, or nothing more is to be told.
create table request (
  site text not null,
  id uuid not null,
  type text not null
    check (type in ('access', 'portability', 'rectification', 'erasure', 'restriction', 'objection')),
  state text not null
    check (state in ('unverified', 'open', 'in-progress', 'extended', 'executed', 'completed',
      'refused', 'cancelled', 'expired')),
  scope text not null check (scope in ('site', 'group')),
  -- How it came (000-24).
  channel text not null
    check (channel in ('web', 'in-person', 'phone', 'email', 'post', 'agent')),
  -- SHA-256 of what was sent: the same again is a repetition.
  hash bytea not null,
  key bytea,
  data bytea,
  language text not null,
  -- When the clock began: never null, nor is when it is due.
  received_at timestamptz not null,
  due_at timestamptz not null,
  entered_at timestamptz not null,
  verified_at timestamptz,
  extended_at timestamptz,
  undo_until timestamptz,
  executed_at timestamptz,
  purge_at timestamptz,
  closed_at timestamptz,
  -- What was collected can be downloaded until then.
  package_until timestamptz,
  -- Why it was refused, in the law's terms: stays when the words, which may name somebody, are destroyed.
  ground text
    check (ground in ('manifestly-unfounded', 'excessive', 'not-identified', 'no-such-case',
      'others-rights', 'expression', 'legal-obligation', 'public-health', 'archiving',
      'legal-claims', 'compelling-grounds')),
  -- What an erasure was to do, as JSON, when it was executed: names no one.
  outcome text,
  -- Moves with every change.
  version integer not null,
  primary key (site, id)
);
create index request_due on request (site, due_at) where closed_at is null;

-- Whose request it is: keyed hashes, as `contact.lookup`, of each site concerned.
create table request_contact (
  site text not null,
  request uuid not null,
  lookup bytea not null,
  primary key (site, request, lookup)
);
create index request_contact_lookup on request_contact (site, lookup);

create table request_event (
  site text not null,
  request uuid not null,
  id uuid not null,
  at timestamptz not null,
  act text not null,
  -- `person`, `system`, or who of the staff.
  actor text not null,
  note text,
  primary key (site, request, id)
);

-- The checklist: what must be settled, by whom it was, when and how (000-17; users-ask 37).
create table request_item (
  site text not null,
  request uuid not null,
  -- `bookings/future-appointments`, `identity`, `paper/look`
  item text not null,
  -- JSON: a text, or one per language.
  label text not null,
  required boolean not null,
  status text not null check (status in ('open', 'done', 'not-applicable')),
  actor text,
  settled_at timestamptz,
  -- Stays when the note, which people wrote and which may name somebody, is destroyed.
  how text check (how in ('done-here', 'done-elsewhere', 'not-needed', 'kept-by-law')),
  note text,
  primary key (site, request, item)
);

-- What is done for the request in each system.
create table request_step (
  site text not null,
  request uuid not null,
  system text not null,
  step text not null
    check (step in ('find', 'collect', 'rectify', 'restrict', 'hide', 'erase')),
  status text not null check (status in ('waiting', 'done', 'failed')),
  -- With `find`: JSON of the matches; with `collect`: of which fields there are. Encrypted with the
  -- request's key.
  data bytea,
  -- JSON, names no one: counts by category.
  report text,
  done_at timestamptz,
  primary key (site, request, system, step)
);

-- What was collected, in pieces, encrypted with the request's key; deleted when it has expired.
create table package_part (
  site text not null,
  request uuid not null,
  system text not null,
  category text not null,
  seq integer not null,
  records integer not null,
  data bytea not null,
  primary key (site, request, system, category, seq)
);

-- What the law keeps of people who were erased, apart from everything else, encrypted; destroyed
-- on its day. Those of one request, system, category and ground are opened together: a batch.
create table kept_record (
  site text not null,
  request uuid not null,
  system text not null,
  category text not null,
  record text not null,
  batch uuid not null,
  ground text not null,
  until timestamptz not null,
  key bytea not null,
  data bytea not null,
  primary key (site, request, system, category, record)
);
create index kept_record_until on kept_record (until);
create index kept_record_batch on kept_record (site, batch, record);

-- Who opened a batch of kept records, when and what for: names nobody but staff, and outlives the
-- records. Written once.
create table kept_opening (
  site text not null,
  id uuid not null,
  batch uuid not null,
  request uuid not null,
  system text not null,
  category text not null,
  at timestamptz not null,
  actor text not null,
  purpose text not null check (purpose in ('audit', 'accounts', 'claim', 'authority', 'person')),
  primary key (site, id)
);
create index kept_opening_batch on kept_opening (site, batch, at);

-- Who is restricted or hidden, by the keyed hash of each contact, as `contact.lookup`.
create table restricted_contact (
  site text not null,
  lookup bytea not null,
  restriction text not null check (restriction in ('restricted', 'hidden')),
  request uuid not null,
  since timestamptz not null,
  primary key (site, lookup, restriction, request)
);

-- Which recipient was told of what, and whether it said that it did it (R-18). `token` is SHA-256
-- of the answer link's.
create table recipient_notice (
  site text not null,
  request uuid not null,
  recipient text not null,
  event text not null check (event in ('erasure', 'rectification', 'restriction', 'objection')),
  id uuid not null,
  status text not null
    check (status in ('waiting', 'sent', 'confirmed', 'refused', 'not-applicable')),
  token bytea,
  attempts integer not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  reminded_at timestamptz,
  answered_at timestamptz,
  actor text,
  note text,
  -- What the recipient said, signed by the server: JWS.
  proof text,
  last_error text,
  primary key (site, request, recipient, event)
);
create unique index recipient_notice_id on recipient_notice (id);
create unique index recipient_notice_token on recipient_notice (token) where token is not null;
create index recipient_notice_open on recipient_notice (site, status, created_at);

-- What remains of an erasure: signed, and without anything that tells whose it was.
create table certificate (
  site text not null,
  id uuid not null,
  -- SHA-256 of the token in the person's mail.
  token bytea not null,
  body text not null,
  at timestamptz not null,
  primary key (site, id)
);
create unique index certificate_token on certificate (token);

-- What the person said of their age, where the site asks: without it nothing is added in the
-- preference centre.
alter table contact add column age text check (age in ('over', 'under'));

grant select, insert, update, delete
  on identity_challenge, identity_session, request, request_contact, request_event, request_item,
    request_step, package_part, kept_record, restricted_contact, recipient_notice to placet_app;
grant select, insert on certificate, kept_opening to placet_app;
