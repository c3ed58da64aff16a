-- RFC 7638 thumbprint of the encryption key, which a mobile document's proof is bound to (OpenID4VP 1.0 annex B.2.6.1); the
-- key itself is gone by the time the proof is judged.
alter table check_request add column encryption_thumbprint text check (length(encryption_thumbprint) = 43);
