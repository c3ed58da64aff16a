-- The places of a company's own token status list: each mandate and each consent has one.
create table status_place (
  company    text not null references company,
  place      integer not null check (place >= 0),
  revoked_at timestamptz,
  primary key (company, place)
);

-- What a company lets a person do. The mandate itself, an SD-JWT VC, is a card of the wallet.
create table mandate (
  company      text not null references company,
  number       text not null,
  person       text not null,
  card         text not null,
  powers       text[] not null,
  limit_fen    bigint,
  valid_until  date not null,
  may_delegate boolean not null,
  granted_by   text not null,
  granted_at   timestamptz not null,
  place        integer not null,
  primary key (company, number),
  foreign key (company, person) references person,
  foreign key (company, place) references status_place
);
create index mandate_of_person on mandate (company, person);

-- Who has agreed to a request that needs several people.
create table approval (
  request_id text not null references request,
  person     text not null,
  card       text not null,
  at         timestamptz not null,
  primary key (request_id, person)
);

-- A company's word in advance, signed by its own key.
create table consent (
  id           text primary key,
  company      text not null references company,
  verifier     text not null,
  type         text not null,
  claims       text[] not null,
  purpose      text not null,
  reference    bytea,
  from_at      timestamptz not null,
  until_at     timestamptz not null,
  uses         integer not null check (uses > 0),
  used         integer not null default 0 check (used <= uses),
  given_by     text not null,
  place        integer not null,
  sealed       bytea not null,
  withdrawn_at timestamptz,
  foreign key (company, place) references status_place
);
create index consent_for on consent (company, verifier) where withdrawn_at is null;

-- A statement in this service's log: what was consented to, used, withdrawn. Its digest alone is anchored.
create table statement (
  id        text primary key,
  company   text not null references company,
  kind      text not null check (kind in ('consent', 'receipt')),
  sealed    bytea not null,
  salt      bytea not null,
  leaf      bytea not null,
  log_index bigint unique,
  at        timestamptz not null
);
create index statement_of_company on statement (company, kind, at desc);
create index statement_unlogged on statement (at) where log_index is null;

create table log_head (
  size    bigint primary key,
  root    bytea not null,
  at      timestamptz not null,
  sent_at timestamptz
);

-- Whom a receipt is still to be brought to.
create table delivery (
  statement    text not null references statement,
  party        text not null,
  consent      text,
  delivered_at timestamptz,
  tries        integer not null default 0,
  next_at      timestamptz not null,
  primary key (statement, party)
);
create index delivery_due on delivery (next_at) where delivered_at is null;
