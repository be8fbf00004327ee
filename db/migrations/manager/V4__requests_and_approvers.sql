-- Which request wrote a revision, as the portal's audit names it too; empty where none did.
alter table history add column request text not null default '';

-- A fourth role.
alter table access_token drop constraint access_token_role_check;
alter table access_token add constraint access_token_role_check
    check (role in ('VIEWER', 'OPERATOR', 'APPROVER', 'ADMIN'));
