-- A client is known by a key (private_key_jwt) or by the certificate it connects with (self_signed_tls_client_auth).
alter table client alter column jwk drop not null;
alter table client add column certificate text; -- SHA-256, hexadecimal
alter table client add check (jwk is not null or certificate is not null);

-- How the client proved who it was when the grant was made; a refresh takes the same proof. Null: it proved nothing.
alter table access_grant add column client_proof text;

-- An access token that is bound to a key may obtain a licence more than once (OpenID4VCI 1.0 §3.3.2).
alter table issuance drop constraint issuance_access_token_licence_id_key;
create index issuance_by_token on issuance (access_token, licence_id);
