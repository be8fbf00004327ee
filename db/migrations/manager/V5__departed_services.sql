-- Services that workloads brought with them and that no workload serves any more: callers are still
-- told that nobody answers there, and not that there is no such service.
create table departed_service (
    domain    text        not null,
    namespace text        not null,
    service   text        not null,
    -- Its ports, as the last workload served them.
    ports     jsonb       not null,
    departed  timestamptz not null,
    primary key (domain, namespace, service)
);
