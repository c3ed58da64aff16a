-- A relying party: a row and a key. The private key never enters this database.
create table tenant (
  name        text primary key check (name ~ '^[a-z][a-z0-9-]{1,40}$'),
  did         text not null unique check (length(did) between 8 and 128),
  label_zh    text not null check (length(label_zh) between 1 and 100),
  label_en    text not null check (length(label_en) between 1 and 100),
  chain       text not null check (length(chain) <= 20000),
  enrolled_at timestamptz not null
);

-- A relying party's own back end: it holds a secret of which only the digest is here.
create table back_end (
  secret_hash bytea primary key check (length(secret_hash) = 32),
  tenant      text not null references tenant,
  label       text not null check (length(label) between 1 and 60),
  created_by  text not null,
  created_at  timestamptz not null,
  revoked_at  timestamptz
);
create index back_end_tenant on back_end (tenant);

-- Step 1, request. The encryption key lives only as long as an answer may come.
create table check_request (
  id               text primary key check (length(id) = 22),
  tenant           text not null references tenant,
  idempotency_key  text check (length(idempotency_key) between 1 and 128),
  draft_digest     bytea not null check (length(draft_digest) = 32),
  preset           text check (length(preset) <= 64),
  purpose          text not null check (length(purpose) between 1 and 300),
  asked            text not null check (length(asked) <= 16384),
  dcql             text not null check (length(dcql) <= 65536),
  transaction_data text check (length(transaction_data) <= 65536),
  client_id        text not null check (length(client_id) <= 512),
  response_mode    text not null check (response_mode in ('direct_post', 'direct_post.jwt')),
  flow             text not null check (flow in ('cross_device', 'same_device')),
  nonce            text not null unique check (length(nonce) between 22 and 128),
  state            text not null unique check (length(state) between 22 and 128),
  encryption_key   text check (length(encryption_key) <= 512),
  session_hash     bytea check (length(session_hash) = 32),
  return_to        text check (length(return_to) <= 1024),
  asked_by         text not null check (length(asked_by) between 1 and 128),
  created_at       timestamptz not null,
  expires_at       timestamptz not null,
  delete_after     timestamptz not null,
  fetches          int not null default 0,
  unique (tenant, idempotency_key)
);
create index check_request_delete_after on check_request (delete_after);
create index check_request_listing on check_request (tenant, created_at desc);

-- A request that was not made, because the ledger does not let this relying party ask.
create table refused_request (
  tenant   text not null references tenant,
  asked_by text not null,
  code     text not null,
  purpose  text not null,
  asked    text not null,
  at       timestamptz not null
);

-- Step 2, response. The primary key is what makes a request single use.
create table check_response (
  check_id           text primary key references check_request on delete cascade,
  tenant             text not null references tenant,
  kind               text not null check (kind in ('presented', 'declined')),
  vp_token           text check (length(vp_token) <= 1048576),
  wallet_error       text check (length(wallet_error) <= 64),
  response_code_hash bytea not null unique check (length(response_code_hash) = 32),
  received_at        timestamptz not null,
  decided            boolean not null default false
);
create index check_response_undecided on check_response (received_at) where not decided;

-- Same-device flow: the browser that began the check came back with the response code.
create table check_return (
  check_id    text primary key references check_request on delete cascade,
  returned_at timestamptz not null
);

-- Step 3, decide. No more claims than were asked for, and not for longer than said.
create table check_verdict (
  check_id    text primary key references check_request on delete cascade,
  tenant      text not null references tenant,
  outcome     text not null check (outcome in ('accepted', 'refused', 'declined')),
  code        text,
  report      text not null check (length(report) <= 262144),
  claims      text check (length(claims) <= 1048576),
  trust_as_of timestamptz,
  decided_at  timestamptz not null
);

-- Presentations whose key-binding proof was accepted once: a second showing is a replay.
create table seen_presentation (
  digest     bytea primary key check (length(digest) = 32),
  keep_until timestamptz not null
);
create index seen_presentation_until on seen_presentation (keep_until);

-- Status lists as fetched, so that a restart or an outage starts from what is known.
create table status_list (
  uri        text primary key check (length(uri) <= 2048),
  issuer_did text not null,
  token      text not null check (length(token) <= 2097152),
  fetched_at timestamptz not null
);

-- Issuers' certificates, seen on something that was verified: an offline code names its leaf by digest only.
create table known_chain (
  leaf_id     text primary key check (length(leaf_id) = 22),
  issuer_did  text not null,
  x5c         text not null check (length(x5c) <= 65536),
  seen_at     timestamptz not null
);

-- What the ledger said, so that a restart during an outage starts from what is known.
create table trust_state (
  only_row boolean primary key default true check (only_row),
  state    text not null,
  saved_at timestamptz not null
);

-- Step 4, audit: who asked what for which purpose and what came of it; never a claim's value.
create table audit (
  seq      bigint generated always as identity primary key,
  at       timestamptz not null,
  tenant   text not null,
  check_id text,
  event    text not null check (event in ('asked', 'refused_to_ask', 'presented', 'declined', 'returned',
                                          'decided', 'offline_decided', 'claims_read', 'deleted')),
  actor    text,
  purpose  text,
  asked    text,
  outcome  text,
  code     text
);
create index audit_tenant on audit (tenant, seq);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only';
end $$;
create trigger audit_append_only before update or delete on audit
  for each row execute function audit_is_append_only();
create trigger audit_no_truncate before truncate on audit
  for each statement execute function audit_is_append_only();

-- The audit row is written by the same transaction that writes the step's row: no step can forget it.
create function audit_asked() returns trigger language plpgsql as $$
begin
  insert into audit (at, tenant, check_id, event, actor, purpose, asked)
    values (new.created_at, new.tenant, new.id, 'asked', new.asked_by, new.purpose, new.asked);
  return null;
end $$;
create trigger check_request_audit after insert on check_request for each row execute function audit_asked();

create function audit_refused_to_ask() returns trigger language plpgsql as $$
begin
  insert into audit (at, tenant, event, actor, purpose, asked, code)
    values (new.at, new.tenant, 'refused_to_ask', new.asked_by, new.purpose, new.asked, new.code);
  return null;
end $$;
create trigger refused_request_audit after insert on refused_request
  for each row execute function audit_refused_to_ask();

create function audit_answered() returns trigger language plpgsql as $$
begin
  insert into audit (at, tenant, check_id, event, code)
    values (new.received_at, new.tenant, new.check_id, new.kind, new.wallet_error);
  return null;
end $$;
create trigger check_response_audit after insert on check_response for each row execute function audit_answered();

create function audit_decided() returns trigger language plpgsql as $$
begin
  insert into audit (at, tenant, check_id, event, outcome, code)
    values (new.decided_at, new.tenant, new.check_id, 'decided', new.outcome, new.code);
  return null;
end $$;
create trigger check_verdict_audit after insert on check_verdict for each row execute function audit_decided();

create function audit_returned() returns trigger language plpgsql as $$
begin
  insert into audit (at, tenant, check_id, event)
    select new.returned_at, r.tenant, r.id, 'returned' from check_request r where r.id = new.check_id;
  return null;
end $$;
create trigger check_return_audit after insert on check_return for each row execute function audit_returned();

create function audit_deleted() returns trigger language plpgsql as $$
begin
  insert into audit (at, tenant, check_id, event, actor)
    values (now(), old.tenant, old.id, 'deleted', nullif(current_setting('elicence.actor', true), ''));
  return null;
end $$;
create trigger check_request_deleted after delete on check_request for each row execute function audit_deleted();
