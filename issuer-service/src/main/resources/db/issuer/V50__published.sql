-- What credentials refer to by integrity: type metadata and pictures, as they were when a credential was issued. Public, and
-- found by its digest, so that whoever can change a row can only make it not be found.
create table published_document (
    digest      bytea       not null, -- SHA-256 of content
    type_id     text        not null, -- of a type, or of a kind of types
    media_type  text        not null,
    content     bytea       not null,
    primary key (digest, type_id, media_type)
);
