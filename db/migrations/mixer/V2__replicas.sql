-- The mixers that are alive. Each says so every second; who has not for three is taken to be gone.
create table replica (
    id uuid primary key,
    -- Where the others reach its gRPC.
    host text not null,
    port integer not null,
    seen_at timestamptz not null
);
