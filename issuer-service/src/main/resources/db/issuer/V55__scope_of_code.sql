-- A code's scope follows from its licences, and from those of them that the token request names.
alter table authorization_code drop column scope;
