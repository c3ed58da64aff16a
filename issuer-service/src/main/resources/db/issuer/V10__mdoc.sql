-- A licence is issued in several formats (dc+sd-jwt, mso_mdoc): one licence, revoked once, obtained once in each.

-- The authority's document signer (ISO/IEC 18013-5 annex B.1.4): a key and a certificate of their own.
alter table tenant add column document_key bytea; -- sealed private JWK
alter table tenant add column document_chain text[]; -- x5chain: leaf first, without the trust anchor

alter table offered_licence add column formats text[] not null default array['dc+sd-jwt'];

alter table issuance add column format text not null default 'dc+sd-jwt';

alter table deferred_request add column format text not null default 'dc+sd-jwt';
drop index deferred_once;
create unique index deferred_once on deferred_request (access_token, licence_id, format);

-- Of an SD-JWT VC the issuer-signed JWT is digested, of an mdoc its security object.
alter table copy rename column jwt_digest to signed_digest;
