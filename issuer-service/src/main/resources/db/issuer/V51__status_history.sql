-- Status list tokens of earlier days, as they were served. An index entry says of no one what it is about; when it changed
-- can be asked for as long as the token is kept.
create table status_token (
    tenant      text        not null,
    list        integer     not null,
    issued_at   timestamptz not null, -- the token's iat
    expires_at  timestamptz not null, -- and exp
    token       text        not null,
    primary key (tenant, list, issued_at),
    foreign key (tenant, list) references status_list
);
