-- Where a relying party's back end wants to be told that a check of its own is decided.
alter table back_end add column callback text check (length(callback) <= 1024);

-- An outbox: written by the transaction that writes the verdict, emptied by delivery.
create table check_callback (
  check_id text primary key references check_request on delete cascade,
  url      text not null,
  attempts int not null default 0,
  due_at   timestamptz not null
);
create index check_callback_due on check_callback (due_at);

create function call_back() returns trigger language plpgsql as $$
begin
  insert into check_callback (check_id, url, due_at)
    select new.check_id, b.callback, new.decided_at
    from check_request r join back_end b on b.tenant = r.tenant and 'back-end:' || b.label = r.asked_by
    where r.id = new.check_id and b.callback is not null and b.revoked_at is null
    order by b.created_at desc limit 1
  on conflict do nothing;
  return null;
end $$;
create trigger check_verdict_callback after insert on check_verdict for each row execute function call_back();

-- The exception to "the ledger says who may issue": a test certificate that an administrator pinned.
create table dangerously_pinned_test_certificate (
  sha256    text primary key check (length(sha256) = 64),
  vct       text not null check (length(vct) between 1 and 512),
  claims    text not null check (length(claims) <= 16384),
  label     text not null check (length(label) between 1 and 100),
  pinned_by text not null,
  pinned_at timestamptz not null
);
