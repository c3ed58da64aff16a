-- A receipt with the signature of who received: the same object at the company, at who received, and at who made the document.
alter table statement drop constraint statement_kind_check;
alter table statement add constraint statement_kind_check check (kind in ('consent', 'receipt', 'countersigned'));
alter table statement add column countersigns text references statement;
create unique index statement_countersigned on statement (countersigns) where countersigns is not null;
create index delivery_of_consents on delivery (consent) where consent is not null;
