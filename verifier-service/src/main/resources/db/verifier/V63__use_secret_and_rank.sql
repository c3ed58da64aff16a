-- The secret that opens a book of uses, sealed under the service's data key for its tenant and row. What stood here in clear is
-- sealed, and forgotten in clear, by the service's next start: the key is not in the database.
alter table use_claim add column sealed_secret bytea check (length(sealed_secret) <= 256);
create index use_claim_in_clear on use_claim (id) where secret is not null;

-- The rank that a use claims, where it wants that one and no other.
alter table use_claim add column wanted_rank int check (wanted_rank between 1 and 255);
