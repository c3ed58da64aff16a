-- An order of many licences from one file. Its rows are checked one by one; its offers are made all together, or none is.
create table bulk (
    id          text primary key,
    tenant      text        not null references tenant,
    type_id     text        not null,
    created_by  text        not null,
    created_at  timestamptz not null,
    size        integer     not null,
    checked     integer     not null default 0,
    touched_at  timestamptz not null, -- when its check last came on
    state       text        not null check (state in ('checking', 'refused', 'offered'))
);
create index bulk_recent on bulk (tenant, created_at desc);

create table bulk_row (
    bulk      text    not null references bulk,
    line      integer not null, -- in the file; the header is line 1
    offer_id  text references offer,
    tx_code   bytea,            -- sealed, for the clerk who tells it to the citizen
    problems  text,             -- JSON, without any value
    primary key (bulk, line)
);

-- What one clerk wants done to a licence and a second one must agree to, for the types that say so.
create table second_person (
    licence_id  text primary key references licence,
    tenant      text        not null references tenant,
    act         text        not null,
    reason      text        not null,
    asked_by    text        not null,
    asked_at    timestamptz not null
);
create index second_person_waiting on second_person (tenant, asked_at);

create index audit_by_day on audit (tenant, at);
