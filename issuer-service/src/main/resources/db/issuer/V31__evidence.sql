-- An application for a licence whose type requires evidence: what is applied for, and what became of each showing.
create table application (
    id         text primary key,
    tenant     text        not null references tenant,
    type_id    text        not null,
    claims     bytea       not null, -- sealed: what the licence would hold
    holder     bytea,                -- sealed: number of the one whose wallet it is for
    opened_by  text        not null,
    opened_at  timestamptz not null,
    expires_at timestamptz not null,
    session    bytea references pushed_request on delete cascade, -- the authorization session it belongs to
    closed_at  timestamptz
);
create index application_open on application (tenant, opened_at) where closed_at is null;
create index application_of_session on application (session) where session is not null;

-- One showing of evidence. The verdict is kept, and digests of the credentials shown; never what they said.
create table evidence (
    check_id       text        primary key,
    application_id text        not null references application on delete cascade,
    credentials    text[]      not null, -- ids of the credential queries asked
    same_device    boolean     not null,
    link           text        not null,
    qr             text        not null,
    asked_at       timestamptz not null,
    outcome        text        not null check (outcome in ('waiting', 'good', 'refused')),
    code           text,
    shown          text[]      not null default '{}', -- ids of the credential queries answered
    digests        bytea[]     not null default '{}',
    verdict        text,
    decided_at     timestamptz
);
create index evidence_by_application on evidence (application_id, asked_at);

-- Who signed in in this browser, while evidence is waited for.
alter table pushed_request add column citizen bytea;
