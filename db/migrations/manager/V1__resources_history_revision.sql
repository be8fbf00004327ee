-- The store of the manager (docs/architecture.md, D2): what is, what was, and one counter.

-- One row. Whoever writes locks it first and keeps it locked until the commit, so revisions are
-- handed out in commit order and a reader that has seen revision n has seen every one before it.
create table revision (
    only_row  boolean primary key default true check (only_row),
    value     bigint not null,
    -- History at or before this revision has been compacted away.
    compacted bigint not null default 0
);

-- What is now. Namespaces are rows like every other kind (api_group '', namespace '').
create table resource (
    api_group      text        not null,
    kind           text        not null,
    namespace      text        not null,
    name           text        not null,
    uid            uuid        not null unique,
    created        timestamptz not null,
    generation     bigint      not null check (generation >= 1),
    revision       bigint      not null unique,
    labels         jsonb       not null default '{}',
    annotations    jsonb       not null default '{}',
    managed_fields jsonb       not null default '[]',
    spec           jsonb       not null default '{}',
    status         jsonb,
    primary key (api_group, kind, namespace, name)
);

-- What was: the whole object after each write (before it, for a delete), by whom and when. Watches
-- are served from these rows, in the order of their revision.
create table history (
    revision   bigint primary key,
    written_at timestamptz not null,
    actor      text        not null,
    action     text        not null check (action in ('CREATED', 'UPDATED', 'STATUS', 'DELETED')),
    api_group  text        not null,
    kind       text        not null,
    namespace  text        not null,
    name       text        not null,
    object     jsonb       not null
);

create index history_of_a_resource on history (api_group, kind, namespace, name, revision);

-- Who may call: the SHA-256 of a bearer token in hexadecimal, never the token.
create table access_token (
    hash    text primary key check (hash ~ '^[0-9a-f]{64}$'),
    actor   text        not null,
    role    text        not null check (role in ('VIEWER', 'OPERATOR', 'ADMIN')),
    created timestamptz not null
);

insert into revision (value) values (0);

-- The namespaces that exist from the start.
with named as (
    select name, gen_random_uuid() as uid, row_number() over (order by name) as revision,
           date_trunc('second', now()) as created
    from unnest(array ['default', 'istio-system']) as name
), existing as (
    insert into resource (api_group, kind, namespace, name, uid, created, generation, revision, labels)
    select '', 'Namespace', '', name, uid, created, 1, revision,
           jsonb_build_object('kubernetes.io/metadata.name', name)
    from named
    returning *
), recorded as (
    insert into history (revision, written_at, actor, action, api_group, kind, namespace, name, object)
    select revision, created, 'system:migration', 'CREATED', api_group, kind, namespace, name,
           jsonb_build_object('uid', uid, 'created', created, 'generation', generation,
                              'labels', labels)
    from existing
    returning revision
)
update revision set value = (select max(revision) from recorded);
