-- The issuer's memory. Each step reads the rows that the step before it wrote:
--   registry -> offer -> token -> issue -> status, anchor
-- Every row names its tenant (an issuing authority). Codes, tokens and nonces are kept as digests only; what is personal is
-- kept sealed (AES-256-GCM under the service's data key, bound to tenant and row), see docs/decisions.

-- registry -------------------------------------------------------------------------------------------------------------

create table tenant (
    id                text primary key check (id ~ '^[a-z][a-z0-9-]{1,40}$'),
    did               text        not null unique,
    name_zh           text        not null,
    name_en           text        not null,
    roles             text[]      not null,
    chain             text[]      not null, -- x5c: leaf first, without the trust anchor
    signing_key       bytea       not null, -- sealed private JWK
    request_key       bytea       not null, -- sealed private JWK that credential requests are encrypted to
    accredited_types  text[],               -- as the ledger last said; null: never heard
    accredited_at     timestamptz,
    enrolled_at       timestamptz not null
);

-- What an authority already knows of a person, for licences that a citizen asks for without a clerk.
create table register_entry (
    tenant   text        not null references tenant,
    type_id  text        not null,
    citizen  bytea       not null, -- blind index of the citizen's identifier
    claims   bytea       not null, -- sealed
    at       timestamptz not null,
    primary key (tenant, type_id, citizen)
);

-- offer ----------------------------------------------------------------------------------------------------------------

create table offer (
    id               text primary key, -- 128 random bits
    tenant           text        not null references tenant,
    grant_kind       text        not null check (grant_kind in ('pre-authorized', 'authorization')),
    code             bytea       not null unique, -- digest of the pre-authorised code, or of issuer_state
    code_sealed      bytea       not null,
    tx_code          bytea,                       -- keyed digest
    tx_tries_left    integer     not null default 0,
    created_by       text        not null,
    created_at       timestamptz not null,
    expires_at       timestamptz not null
);

-- One credential dataset (OpenID4VCI 1.0 §3.3): what will become one licence.
create table offered_licence (
    id              text primary key, -- the credential_identifier, and later the licence's id
    tenant          text        not null references tenant,
    offer_id        text references offer,
    position        integer     not null,
    type_id         text        not null,
    type_version    text        not null,
    claims          bytea       not null, -- sealed
    subject         bytea       not null, -- sealed: what a clerk sees in a list
    search          bytea[]     not null, -- blind index
    ready_at        timestamptz not null, -- later than now: issued deferred
    denied_at       timestamptz
);
create index offered_by_offer on offered_licence (offer_id);

-- token ----------------------------------------------------------------------------------------------------------------

create table pushed_request (
    request_uri   bytea primary key, -- digest
    tenant        text        not null references tenant,
    client_id     text        not null,
    redirect_uri  text        not null,
    parameters    text        not null, -- JSON: scope, authorization_details, state, code_challenge …
    dpop_jkt      text,
    expires_at    timestamptz not null,
    used_at       timestamptz
);

create table authorization_code (
    code            bytea primary key, -- digest
    tenant          text        not null references tenant,
    client_id       text        not null,
    redirect_uri    text        not null,
    code_challenge  text        not null,
    dpop_jkt        text,
    licences        text[]      not null, -- offered_licence ids
    identified      boolean     not null, -- asked for by authorization_details
    scope           text        not null,
    expires_at      timestamptz not null
);

create table access_grant (
    id          text primary key,
    tenant      text        not null references tenant,
    code        bytea       not null unique, -- digest of the code it came from: a second use finds it here
    offer_id    text references offer,
    client_id   text,
    dpop_jkt    text,
    licences    text[]      not null,
    identified  boolean     not null, -- credential_identifiers were returned
    scope       text        not null,
    created_at  timestamptz not null,
    revoked_at  timestamptz
);

create table access_token (
    token       bytea primary key, -- digest
    tenant      text        not null references tenant,
    grant_id    text        not null references access_grant,
    expires_at  timestamptz not null
);
create index access_token_by_grant on access_token (grant_id);

create table refresh_token (
    token       bytea primary key, -- digest
    tenant      text        not null references tenant,
    grant_id    text        not null references access_grant,
    expires_at  timestamptz not null
);

-- Values that may be used once: key-proof nonces, DPoP and client-attestation identifiers, client assertions.
create table spent (
    kind    text        not null,
    digest  bytea       not null,
    until   timestamptz not null,
    primary key (kind, digest)
);
create index spent_until on spent (until);

-- issue ----------------------------------------------------------------------------------------------------------------

create table licence (
    id            text primary key references offered_licence,
    tenant        text        not null references tenant,
    type_id       text        not null,
    type_version  text        not null,
    subject       bytea       not null, -- sealed
    search        bytea[]     not null, -- blind index
    state         text        not null check (state in ('VALID', 'SUSPENDED', 'REVOKED')),
    reason        text,
    issued_at     timestamptz not null,
    changed_at    timestamptz not null
);
create index licence_recent on licence (tenant, issued_at desc, id);
create index licence_search on licence using gin (search);

-- One credential response. An access token obtains each licence once.
create table issuance (
    id            text primary key, -- the notification_id
    tenant        text        not null references tenant,
    licence_id    text        not null references licence,
    grant_id      text        not null references access_grant,
    access_token  bytea       not null,
    holder_keys   bytea       not null, -- digest of the sorted thumbprints
    issued_at     timestamptz not null,
    event         text,                 -- what the wallet told us of it
    event_at      timestamptz,
    unique (access_token, licence_id)
);

create table copy (
    issuance_id  text        not null references issuance,
    position     integer     not null,
    tenant       text        not null references tenant,
    licence_id   text        not null references licence,
    holder_key   text        not null, -- RFC 7638 thumbprint
    list         integer     not null,
    slot         integer     not null,
    jwt_digest   bytea       not null unique,
    log_salt     bytea       not null,
    log_index    bigint,               -- given by anchor
    sealed       bytea,                -- the credential, until the wallet says that it has it
    expires_at   timestamptz not null,
    primary key (issuance_id, position)
);
create index copy_by_licence on copy (licence_id);
create index copy_unlogged on copy (tenant) where log_index is null;

create table deferred_request (
    transaction   bytea primary key, -- digest of transaction_id
    tenant        text        not null references tenant,
    licence_id    text        not null references offered_licence,
    grant_id      text        not null references access_grant,
    access_token  bytea       not null,
    holder_keys   text        not null, -- JSON array of JWK
    asked_at      timestamptz not null,
    obtained_at   timestamptz
);
create unique index deferred_once on deferred_request (access_token, licence_id);

-- status ---------------------------------------------------------------------------------------------------------------

create table status_list (
    tenant     text        not null references tenant,
    list       integer     not null,
    bits       smallint    not null check (bits in (1, 2, 4, 8)),
    size       integer     not null,
    version    bigint      not null,
    entries    bytea       not null, -- as in the token's lst: packed and compressed
    opened_at  timestamptz not null,
    token      text,                 -- the signed token of this version; null until it is first signed
    token_at   timestamptz,          -- its iat
    primary key (tenant, list)
);

-- A slot that some credential refers to. Drawn at random, in the transaction that issues.
create table status_slot (
    tenant  text    not null,
    list    integer not null,
    slot    integer not null,
    primary key (tenant, list, slot),
    foreign key (tenant, list) references status_list
);

create table audit (
    id          bigint generated always as identity primary key,
    tenant      text        not null references tenant,
    at          timestamptz not null,
    actor       text        not null,
    act         text        not null,
    licence_id  text,
    reason      text
);
create index audit_by_licence on audit (licence_id, id);

-- anchor ---------------------------------------------------------------------------------------------------------------

-- What the ledger must still be told. A row is written by the transaction that made it so.
create table outbox (
    id       bigint generated always as identity primary key,
    tenant   text        not null references tenant,
    kind     text        not null check (kind in ('log', 'status')),
    list     integer,
    version  bigint,
    at       timestamptz not null,
    sent_at  timestamptz
);
create index outbox_waiting on outbox (tenant, kind, id) where sent_at is null;

-- Complete subtrees of the tenant's Merkle log (RFC 9162 §2.1); level 0 are the leaves.
create table log_node (
    tenant  text   not null references tenant,
    level   integer not null,
    index   bigint not null,
    hash    bytea  not null,
    primary key (tenant, level, index)
);

create table log_head (
    tenant    text        not null references tenant,
    size      bigint      not null,
    root      bytea       not null,
    at        timestamptz not null,
    sent_at   timestamptz, -- when the ledger had it
    seq_no    bigint,
    primary key (tenant, size)
);

create table status_head (
    tenant   text        not null references tenant,
    list     integer     not null,
    version  bigint      not null,
    digest   bytea       not null,
    sent_at  timestamptz not null,
    seq_no   bigint,
    primary key (tenant, list, version)
);
