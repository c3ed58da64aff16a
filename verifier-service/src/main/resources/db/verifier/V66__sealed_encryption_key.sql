-- The private key that opens the answer to a request, sealed for its tenant and check. Keys in clear are those of requests that an older
-- version made: while a wallet may still answer they are read, and none is added; those of ended requests open nothing any more.
alter table check_request add column sealed_encryption_key bytea check (length(sealed_encryption_key) <= 1024);
update check_request set encryption_key = null where expires_at <= now();
