-- Each entry of the audit holds the hash of the one before it: who changes, removes or slips in one,
-- also with rights that no trigger stops, has to write every later one anew, and the last hash, which
-- the portal logs, gives it away.
alter table audit add column hash bytea;

create function audit_hash(previous bytea, entry audit) returns bytea
language sql immutable as $$
    -- As JSON, in which no two lists of values read alike; time in UTC, whatever the session's zone.
    select sha256(coalesce(previous, ''::bytea) || convert_to(
        jsonb_build_array(
            entry.id, extract(epoch from entry.at), entry.actor, entry.sign_in, entry.session,
            entry.address, entry.action, entry.object, entry.outcome, entry.reason,
            entry.request_id)::text, 'UTF8'))
$$;

alter table audit disable trigger audit_rows;
do $$
declare
    entry audit;
    previous bytea;
begin
    for entry in select * from audit order by id loop
        previous := audit_hash(previous, entry);
        update audit set hash = previous where id = entry.id;
    end loop;
end
$$;
alter table audit enable trigger audit_rows;
alter table audit alter column hash set not null;

create function audit_is_chained() returns trigger language plpgsql as $$
begin
    -- One after the other, until the transaction ends: two must not follow the same entry. The
    -- number is drawn under the lock, so that numbers rise along the chain.
    perform pg_advisory_xact_lock(hashtext('portal.audit'));
    new.id := nextval(pg_get_serial_sequence('portal.audit', 'id'));
    new.hash := audit_hash((select hash from audit order by id desc limit 1), new);
    return new;
end
$$;
create trigger audit_chain before insert on audit
    for each row execute function audit_is_chained();

-- The first entry that does not follow from the one before it; none when the audit is whole.
create function audit_broken() returns bigint language sql stable as $$
    select min(id) from (
        select id, hash is distinct from audit_hash(lag(hash) over (order by id), audit) as broken
        from audit) entries
    where broken
$$;
