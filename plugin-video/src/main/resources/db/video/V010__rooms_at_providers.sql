-- SPDX-License-Identifier: Apache-2.0
-- Where the people of a session meet. A session gets its room at the first admission; until then the clinic may choose another provider.
-- A room says nothing about anybody: which session has it is in session_room, and goes with the session.
create table provider_room (
    id          uuid primary key,
    provider    text not null check (provider in ('BUILT_IN', 'WHEREBY')),
    path        text not null check (path in ('P2P_E2EE', 'SFU_HOP', 'SFU_E2EE')),
    external_id text not null,
    address     text not null,
    host_key    bytea,
    ends_at     timestamptz not null,
    use         text not null check (use in ('SPARE', 'TAKEN')),
    people      integer check (people >= 0),
    people_at   timestamptz
);
create index provider_room_by_external_id on provider_room (external_id) where external_id <> '';

create table session_room (
    session_id uuid primary key references session on delete cascade,
    room_id    uuid not null unique references provider_room on delete cascade
);

create table provider_event (
    id text primary key check (length(id) between 1 and 100),
    at timestamptz not null
);
