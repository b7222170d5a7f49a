-- The salon's own database, as it might have been there before Placet. `restricted_at` and
-- `hidden_at` are all that was added for it: the salon's pages leave such customers out.
create table customer (
  id integer primary key,
  first_name text not null,
  last_name text not null,
  email text,
  phone text,
  birth_date date,
  town text,
  customer_since date not null,
  restricted_at timestamptz,
  hidden_at timestamptz
);
create index customer_email on customer (lower(trim(email)));
create index customer_name on customer (last_name, first_name);

create table appointment (
  id integer primary key,
  customer_id integer not null references customer (id),
  treatment text not null,
  starts_at timestamptz not null,
  therapist text not null,
  status text not null check (status in ('booked', 'done', 'cancelled'))
);
create index appointment_customer on appointment (customer_id, id);

create table membership (
  id integer primary key,
  customer_id integer not null references customer (id),
  kind text not null,
  started_on date not null,
  cancelled_on date
);
create index membership_customer on membership (customer_id, id);

create table purchase (
  id integer primary key,
  customer_id integer references customer (id),
  item text not null,
  cents integer not null,
  ordered_on date not null,
  invoice text not null,
  status text not null check (status in ('open', 'paid'))
);
create index purchase_customer on purchase (customer_id, id);

create table note (
  id integer primary key,
  customer_id integer not null references customer (id),
  written_on date not null,
  author text not null,
  body text not null
);
create index note_customer on note (customer_id, id);

create table document (
  id integer primary key,
  customer_id integer not null references customer (id),
  added_on date not null,
  name text not null,
  content text not null
);
create index document_customer on document (customer_id, id);
