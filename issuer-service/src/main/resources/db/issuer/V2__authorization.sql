-- Clients that prove who they are by a key of their own (private_key_jwt); wallets are known by their provider's attestation.
create table client (
    id             text primary key,
    jwk            text        not null,
    registered_at  timestamptz not null
);

-- A code that a citizen was given at the counter, to sign in with once.
create table citizen_code (
    tenant      text        not null references tenant,
    citizen     bytea       not null, -- blind index of the citizen's identifier
    code        bytea       not null, -- keyed digest
    tries_left  integer     not null,
    expires_at  timestamptz not null,
    primary key (tenant, citizen)
);

-- The browser that opened the authorization request: only it may come back with the answer.
alter table pushed_request add column browser bytea;
