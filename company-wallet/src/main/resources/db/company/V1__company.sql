-- A company whose wallet this is: a row, never a deployment of its own.
create table company (
  id           text primary key check (id ~ '^[a-z][a-z0-9-]{1,62}$'),
  name_zh      text not null,
  name_en      text not null,
  unified_code text not null,
  created_at   timestamptz not null
);

-- Who signs in for a company. Name and number are sealed.
create table person (
  company        text not null references company,
  id             text not null check (id ~ '^[a-z][a-z0-9-]{1,62}$'),
  sealed         bytea not null,
  representative boolean not null,
  primary key (company, id)
);

-- The wallet's own records (wallet-sdk's CredentialStore): licences, keys, history. All sealed.
create table record (
  company text not null references company,
  name    text not null check (name ~ '^[a-z0-9-]{1,80}$'),
  sealed  bytea not null,
  primary key (company, name)
);

-- Who asked the company for what, and what became of it.
create table request (
  id          text primary key,
  company     text not null references company,
  link        bytea not null,
  verifier    text not null,
  sealed      bytea not null,
  state       text not null check (state in ('waiting', 'answered', 'denied', 'refused')),
  code        text,
  consent_id  text,
  decided_by  text,
  received_at timestamptz not null,
  decided_at  timestamptz
);
create index request_of_company on request (company, received_at desc);
create index request_waiting on request (company) where state = 'waiting';
