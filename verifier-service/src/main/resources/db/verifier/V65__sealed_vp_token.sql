-- What a wallet answered, sealed for its tenant and check until there is a verdict: a row that was emptied stays readable on the disk for
-- a while. Answers in clear are those that an older version took in and had not decided; they are still read, and none is added.
alter table check_response add column sealed_vp_token bytea check (length(sealed_vp_token) <= 1050000);
