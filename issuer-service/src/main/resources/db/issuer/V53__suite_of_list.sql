-- By what the JWTs of a status list are signed (JOSE "alg"): by that with which it was opened, for as long as the authority has a
-- key of it, so that whoever can check a licence can check its status.
--
-- Of the lists that are there nobody wrote down whose licences refer to them. Where an authority has gone over to another suite they
-- are of both; and whoever takes the other takes ES256 too, but not the other way round.
alter table status_list add column suite text not null default 'ES256';
alter table status_list alter column suite drop default;
