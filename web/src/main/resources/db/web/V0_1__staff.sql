-- One-time sign-in links that were used, kept until they would have expired anyway.
create table used_link (
  jti   text primary key check (length(jti) between 8 and 64),
  until timestamptz not null
);
create index used_link_until on used_link (until);

-- Who is signed in. Only the hash of the cookie's value is kept.
create table staff_session (
  cookie_sha256 bytea primary key check (length(cookie_sha256) = 32),
  subject       text not null check (length(subject) <= 100),
  role          text not null,
  expires       timestamptz not null
);
create index staff_session_expires on staff_session (expires);
