-- The words under which a licence is found for what happens to people, companies and things: keyed digests, the same in every
-- authority of the city, since an event at one ends what depends on it at all.
create table licence_link (
    licence_id  text  not null references offered_licence,
    kind        text  not null check (kind in ('holder', 'death', 'divorce', 'dissolution', 'superseded')),
    word        bytea not null,
    primary key (kind, word, licence_id)
);
create index licence_link_by_licence on licence_link (licence_id);

-- What happened, by the licence whose birth is its proof. Void when that licence is revoked.
create table life_event (
    cause      text        primary key references offered_licence,
    tenant     text        not null references tenant,
    kind       text        not null check (kind in ('death', 'divorce', 'dissolution')),
    word       bytea       not null,
    at         timestamptz not null,
    voided_at  timestamptz
);
create index life_event_standing on life_event (kind, word) where voided_at is null;

-- The licence whose birth made this one's state: its successor, or the proof of an event.
alter table licence add column because text references offered_licence;
create index licence_because on licence (because) where because is not null;

-- In which status token a change of state was first said.
create table status_change (
    id          bigint generated always as identity primary key,
    licence_id  text        not null references licence,
    tenant      text        not null references tenant,
    list        integer     not null,
    slots       integer[]   not null,
    state       text        not null check (state in ('VALID', 'SUSPENDED', 'REVOKED')),
    token_at    timestamptz not null,
    token_sha256 bytea      not null,
    at          timestamptz not null
);
create index status_change_by_licence on status_change (licence_id, id);

-- An act that needs a second person. The database itself keeps the two apart.
create table proposal (
    id           text primary key,
    tenant       text        not null references tenant,
    kind         text        not null check (kind in ('offer', 'recall')),
    content      bytea       not null, -- sealed
    proposed_by  text        not null,
    proposed_at  timestamptz not null,
    expires_at   timestamptz not null,
    decided_by   text,
    decided_at   timestamptz,
    approved     boolean,
    check (decided_by is null or approved = false or decided_by <> proposed_by)
);
create index proposal_waiting on proposal (tenant, proposed_at) where decided_by is null;
