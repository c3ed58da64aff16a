-- An answer that is on its way, with the receipts of what it shows, sealed: signed and kept before it is sent, so that neither a crash nor
-- a lost reply leaves something shown without a receipt. The row goes when it is known what became of the answer.
create table sending (
  request    text primary key references request,
  company    text not null references company,
  sealed     bytea not null,
  consent_id text,
  decided_by text,
  tries      integer not null default 0,
  next_at    timestamptz not null
);
create index sending_due on sending (next_at);
