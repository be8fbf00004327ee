-- Who is connected where, so that every manager knows every proxy and the services it brings.

-- Managers on this database. The lease of one that no longer renews it runs out, and with it the
-- proxies that have not moved to another manager by then.
create table manager (
    id       text primary key,
    renewed  timestamptz not null,
    -- What this manager's translations have to say of resources.
    findings jsonb not null default '[]'
);

-- One row per proxy, written by the manager that it is connected to.
create table proxy (
    node           text primary key,
    -- The stream: whoever writes names it, so that a manager that learns late of the end of an old
    -- stream cannot touch the row of the new one.
    connection     text        not null,
    manager        text        not null,
    version        text        not null,
    started        timestamptz not null,
    connected      timestamptz not null,
    healthy        boolean     not null default false,
    health_message text        not null default '',
    -- Set when the connection broke: the row goes then, unless the proxy is back before.
    leaves         timestamptz,
    -- What its endpoints are made of: address, workload, served ports.
    registration   jsonb       not null,
    progress       jsonb,
    progressed     timestamptz
);

create index proxies_of_a_manager on proxy (manager);
