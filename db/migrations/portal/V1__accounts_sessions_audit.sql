-- The portal's own schema: who may come in, who is in, and what they did.

-- Local users. Roles by namespace: [{"role":"operator","namespaces":["shop"]}].
create table account (
    name                text        primary key check (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    display_name        text        not null,
    password_hash       text        not null,
    grants              jsonb       not null,
    disabled            boolean     not null default false,
    -- Whether somebody else has seen the password: the log at the first start, an administrator.
    password_change_due boolean     not null default false,
    created_at          timestamptz not null,
    last_sign_in_at     timestamptz
);

-- Attempts to guess. user_name '*' stands for all users from one address. Names that nobody has are
-- counted as well: that a name is locked says nothing about whether it exists.
create table sign_in_failure (
    user_name    text        not null,
    address      text        not null,
    failures     integer     not null,
    last_at      timestamptz not null,
    locked_until timestamptz,
    primary key (user_name, address)
);
create index sign_in_failure_last_at on sign_in_failure (last_at);

-- Sessions. The cookie's value is kept as its hash alone: what this table holds opens nothing.
create table session (
    id_hash      bytea       primary key,
    handle       uuid        not null unique,
    user_name    text        not null,
    display_name text        not null,
    sign_in      text        not null check (sign_in in ('LOCAL', 'OIDC')),
    -- Null for local users: their account says what they may do now.
    grants       jsonb       check ((sign_in = 'OIDC') = (grants is not null)),
    address      text        not null,
    agent        text        not null,
    started_at   timestamptz not null,
    last_seen_at timestamptz not null,
    ends_at      timestamptz not null
);
create index session_user_name on session (user_name);
create index session_ends_at on session (ends_at);

-- Sign-ins on their way to an OpenID Connect provider and back.
create table oidc_request (
    id_hash    bytea       primary key,
    request    jsonb       not null,
    started_at timestamptz not null
);

-- The keys with which the short-lived tokens for the backends are signed; the private half is
-- encrypted with a key that is not in the database.
create table signing_key (
    kid        text        primary key,
    public_jwk jsonb       not null,
    sealed     bytea       not null,
    created_at timestamptz not null
);

-- Who did what. Added to, never changed: see the triggers.
create table audit (
    id         bigint generated always as identity primary key,
    at         timestamptz not null,
    actor      text        not null,
    sign_in    text        not null,
    session    uuid,
    address    text        not null,
    action     text        not null,
    object     text        not null,
    outcome    text        not null check (outcome in ('ALLOWED', 'DENIED', 'FAILED')),
    reason     text,
    request_id text        not null
);
create index audit_actor on audit (actor, id);
create index audit_at on audit (at);

create function audit_is_added_to() returns trigger language plpgsql as $$
begin
    raise exception 'audit: entries are added, never changed or removed';
end
$$;
create trigger audit_rows before update or delete on audit
    for each row execute function audit_is_added_to();
create trigger audit_whole before truncate on audit
    for each statement execute function audit_is_added_to();
