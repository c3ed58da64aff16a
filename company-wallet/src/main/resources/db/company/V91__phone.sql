-- A phone that speaks for a person: its public key, and the digest of the token by which it may look.
-- Who can write here can put a key in a person's place; who can only read learns no token.
create table phone (
  company      text not null references company,
  id           text primary key,
  person       text not null,
  key          text not null,
  reader       bytea not null unique check (length(reader) = 32),
  added_at     timestamptz not null,
  withdrawn_at timestamptz,
  foreign key (company, person) references person
);

-- What a phone has signed, sealed: the record of who said what to which request.
create table phone_word (
  request_id text not null references request,
  phone      text not null references phone,
  sealed     bytea not null,
  at         timestamptz not null,
  primary key (request_id, phone)
);
