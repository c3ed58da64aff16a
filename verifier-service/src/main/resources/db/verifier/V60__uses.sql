-- A use that is to be registered on the ledger, written before anything is sent: the registrar reads it from here.
create table use_claim (
  id            text primary key check (length(id) = 22),
  tenant        text not null references tenant,
  client_key    text not null check (length(client_key) between 1 and 128),
  draft_digest  bytea not null check (length(draft_digest) = 32),
  -- The check may be forgotten before the use is; no foreign key.
  check_id      text not null,
  type          text not null,
  purpose       text not null,
  -- Opens the licence's book of uses on the ledger. Forgotten once nothing can follow from it.
  secret        text check (length(secret) between 22 and 128),
  book          text not null check (length(book) = 32),
  cap           bigint not null check (cap >= 0),
  releasable    boolean not null,
  act           text not null check (act in ('reserve', 'use', 'release')),
  of_claim      text references use_claim,
  of_line       int,
  amount        bigint not null check (amount > 0),
  until         timestamptz,
  tag           int not null,
  asked_by      text not null,
  created_at    timestamptz not null,
  -- intended: nothing was sent. sent: it may be on the ledger, at this line and no other.
  state         text not null check (state in ('intended', 'sent', 'registered', 'refused')),
  line          int,
  seq_no        bigint,
  registered_at timestamptz,
  code          text,
  free_after    bigint,
  rank          int,
  settled_at    timestamptz,
  due_at        timestamptz not null,
  attempts      int not null default 0,
  unique (tenant, client_key),
  unique (tenant, book, tag)
);
create index use_claim_open on use_claim (due_at) where state in ('intended', 'sent');
create index use_claim_listing on use_claim (tenant, created_at desc);

-- Which events there are is said by who writes them.
alter table audit drop constraint if exists audit_event_check;
alter table audit add constraint audit_event_check check (event ~ '^[a-z_]{1,40}$');

create function audit_use() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into audit (at, tenant, check_id, event, actor, asked)
      values (new.created_at, new.tenant, new.check_id, 'use_asked', new.asked_by, new.act || ' ' || new.purpose);
  elsif new.state in ('registered', 'refused') and old.state <> new.state then
    insert into audit (at, tenant, check_id, event, asked, outcome, code)
      values (new.settled_at, new.tenant, new.check_id, 'use_settled', new.act || ' ' || new.purpose, new.state, new.code);
  end if;
  return null;
end $$;
create trigger use_claim_audit after insert or update on use_claim for each row execute function audit_use();
