-- The certificate authority's state: its root, the tokens that let workloads in, what it issued.

-- One row. The key is sealed (AES-256-GCM) with a key that is not in the
-- database; what is sealed stands here in Base64.
create table authority_root (
    only_row    boolean     primary key default true check (only_row),
    certificate text        not null,
    sealed_key  text        not null,
    made_at     timestamptz not null
);

-- A secret that is worth one certificate of one identity. The SHA-256 of it in hexadecimal, never
-- the token.
create table join_token (
    id         uuid        primary key,
    hash       text        not null unique check (hash ~ '^[0-9a-f]{64}$'),
    identity   text        not null,
    made_at    timestamptz not null,
    made_by    text        not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    used_from  text,
    revoked_at timestamptz,
    revoked_by text,
    check (used_at is null or revoked_at is null)
);

-- What came of each request whose credential was genuine: who asked, with what, from where, for
-- which identity, and the certificate or the reason why there is none.
create table issuance (
    id              bigint generated always as identity primary key,
    at              timestamptz not null,
    outcome         text        not null check (outcome in ('ISSUED', 'REFUSED')),
    credential      text        not null check (credential in ('JOIN_TOKEN', 'CERTIFICATE', 'OWN')),
    -- The token's id, or the serial number of the certificate that was shown.
    credential_name text        not null,
    identity        text        not null,
    remote_address  text        not null,
    serial          text        unique,
    not_before      timestamptz,
    not_after       timestamptz,
    key_hash        text,
    reason          text,
    check ((outcome = 'ISSUED') = (serial is not null and not_after is not null)),
    check ((outcome = 'REFUSED') = (reason is not null))
);

create index issuance_in_force on issuance (not_after) where outcome = 'ISSUED';
create index issuance_renewals on issuance (credential_name)
    where outcome = 'ISSUED' and credential = 'CERTIFICATE';

-- Append-only: also for whoever has the authority's own connection.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'auth_ca.%: found %, expected insert: what was issued is not rewritten',
        tg_table_name, lower(tg_op);
end
$$;

create trigger issuance_is_append_only
    before update or delete or truncate on issuance
    for each statement execute function refuse_change();
