-- What a company showed to a party, by its digest and the names of the fields, until the company's receipt of it comes: a party
-- countersigns what it has received, once, and nothing else.
create table shown_document (
  tenant   text not null references tenant (name),
  of_check text not null check (length(of_check) between 1 and 64),
  document text not null check (length(document) = 43),
  fields   text not null check (length(fields) <= 65536),
  shown_at timestamptz not null,
  receipt  text,
  primary key (tenant, of_check, document)
);
create index shown_document_open on shown_document (tenant, document) where receipt is null;
create index shown_document_age on shown_document (shown_at);

-- The receipt with the receiving party's signature: the object that company, maker and receiver hold alike.
alter table disclosure_receipt add column countersigned text;
