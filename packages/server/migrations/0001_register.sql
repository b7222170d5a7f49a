-- The public configuration as it was served, so that the purposes of an older notice stay known (G-14).
create table config_version (
  site text not null,
  hash bytea not null,
  notice text not null,
  config text not null,
  first_seen timestamptz not null,
  primary key (site, hash)
);

-- Canonical texts of notices, each stored once (001-32).
create table notice (
  site text not null,
  hash bytea not null,
  version text not null,
  language text not null,
  text text not null,
  source text not null check (source in ('browser', 'staff')),
  first_seen timestamptz not null,
  primary key (site, hash)
);

-- The register. `body` is the leaf of the log, byte for byte: canonical JSON.
create table record (
  site text not null,
  id uuid not null,
  kind text not null check (kind in ('consent')),
  received_at timestamptz not null,
  body text not null,
  leaf_hash bytea not null,
  leaf_index bigint,
  primary key (site, id)
);
create unique index record_leaf on record (site, leaf_index) where leaf_index is not null;
create index record_unsealed on record (site, id) where leaf_index is null;

-- What can be destroyed while the record stays: who it was, and what was seen of them.
-- `lookup` is a keyed hash of the decision's id; `data` is encrypted; `key` opens both it and the commitment.
create table evidence (
  site text not null,
  lookup bytea not null,
  record uuid not null,
  key bytea not null,
  data bytea not null,
  primary key (site, lookup)
);
create unique index evidence_record on evidence (site, record);

-- The log: its end, one row a site, whose lock makes sealers take turns.
create table log_head (
  site text primary key,
  size bigint not null,
  frontier bytea not null
);

-- Roots of whole subtrees of 256, 65 536… leaves, for short audit paths.
create table log_node (
  site text not null,
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  primary key (site, level, index)
);

-- Signed checkpoints; `leaves` repeats the leaf hashes that each one sealed, 32 bytes a leaf, and
-- `frontier` is the log's end at that point, so that each stretch can be checked by itself.
create table log_checkpoint (
  site text not null,
  size bigint not null,
  root bytea not null,
  frontier bytea not null,
  leaves bytea not null,
  note text not null,
  at timestamptz not null,
  primary key (site, size)
);

-- Checkpoints that an outside witness has a copy of.
create table log_witnessed (
  site text not null,
  size bigint not null,
  witness text not null,
  at timestamptz not null,
  primary key (site, witness, size)
);

grant select, insert on config_version, notice, record, log_node, log_checkpoint, log_witnessed to placet_app;
grant update (leaf_index) on record to placet_app;
grant select, insert, delete on evidence to placet_app;
grant select, insert, update on log_head to placet_app;
