-- What the mixers have seen, slot by slot. A mixer writes only rows of its own start: what an earlier
-- start or another replica has written is added up when it is asked for.
create table slot (
    width_seconds integer not null,
    -- Seconds since the epoch; a multiple of the width.
    start_second bigint not null,
    -- One start of one mixer.
    replica uuid not null,
    -- Per edge and reporter: counts, codes, latencies, bytes. Replaced while the slot is open.
    content jsonb not null,
    primary key (width_seconds, start_second, replica)
);
