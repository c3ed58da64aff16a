-- Whose licence was used: the regulator sees sums by issuer, and nobody's licence.
alter table use_claim add column issuer text not null default '';
