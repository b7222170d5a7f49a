-- Work that outlives a restart: mails, SMS, calls to the owner's tools. Taken with a lease, by one
-- process at a time. `payload` is encrypted: it may name people.
create table job (
  id uuid primary key,
  site text not null,
  -- Whose handler takes it: `mail`, `sms`, `tool/crm`…
  queue text not null,
  -- Two that wait and say the same are one.
  dedupe text,
  payload bytea not null,
  due_at timestamptz not null,
  created_at timestamptz not null,
  attempts integer not null,
  lease_until timestamptz,
  failed_at timestamptz,
  last_error text
);
create index job_due on job (queue, due_at) where failed_at is null;
create unique index job_dedupe on job (site, queue, dedupe) where dedupe is not null and failed_at is null;

-- What each of the owner's tools was told, and whether it said that it heard (001-37).
create table tool_delivery (
  site text not null,
  tool text not null,
  -- The event's id, the same in every attempt.
  id uuid not null,
  record uuid not null,
  created_at timestamptz not null,
  attempts integer not null,
  acknowledged_at timestamptz,
  alerted_at timestamptz,
  last_error text,
  primary key (site, tool, id)
);
create index tool_delivery_waiting on tool_delivery (site, tool, created_at) where acknowledged_at is null;
create index tool_delivery_alerted on tool_delivery (site, tool, alerted_at) where alerted_at is not null;

grant select, insert, update, delete on job, tool_delivery to placet_app;
