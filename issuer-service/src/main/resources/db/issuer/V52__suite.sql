-- By what the authority signs SD-JWT VCs and the status list tokens beside them, where that is not ES256: a key and a certificate of their own.
alter table tenant add column suite_key bytea; -- sealed private JWK
alter table tenant add column suite_chain text[]; -- x5c: leaf first, without the trust anchor
