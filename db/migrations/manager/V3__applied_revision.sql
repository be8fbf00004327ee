-- The last revision that changed an object in anything but its status: what a proxy is told that it
-- has in force. Without it a manager that reads the rows anew would take the revision of a later
-- write of the status for it, and translate other bytes than the managers that saw both writes.
alter table resource add column applied bigint;
update resource set applied = revision;
alter table resource alter column applied set not null;
