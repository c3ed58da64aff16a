-- The claims of an accepted check, sealed under the service's data key for its tenant and check. The key is not in the database, so that
-- what stands in clear can not be sealed here: those checks are deleted, a day before they would have been at most, and can be asked again.
select set_config('elicence.actor', 'migration', true);
delete from check_request where id in (select check_id from check_verdict where claims is not null);
alter table check_verdict drop column claims;
alter table check_verdict add column sealed_claims bytea check (length(sealed_claims) <= 4194304);
