-- What a company signed about a document of its own that was shown: to this party, or made by it.
create table disclosure_receipt (
  tenant      text not null references tenant (name),
  id          text not null check (length(id) between 8 and 64),
  receipt     text not null,
  consent     text,
  received_at timestamptz not null,
  primary key (tenant, id)
);
create index disclosure_receipt_newest on disclosure_receipt (tenant, received_at desc);
