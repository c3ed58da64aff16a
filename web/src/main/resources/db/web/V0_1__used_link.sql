-- One-time sign-in links that were used, kept until they would have expired anyway.
create table used_link (
  jti   text primary key check (length(jti) between 8 and 64),
  until timestamptz not null
);
create index used_link_until on used_link (until);
