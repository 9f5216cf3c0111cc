-- SPDX-License-Identifier: Apache-2.0
create table session (
    id            uuid primary key,
    room          text not null unique,
    host_id       text not null,
    host_in_room  text not null,
    patient_label text not null check (length(patient_label) between 1 and 80),
    starts_at     timestamptz not null,
    minutes       integer not null check (minutes between 5 and 240),
    state         text not null check (state in ('SCHEDULED', 'OPEN', 'ENDED', 'CANCELLED')),
    ended_at      timestamptz
);
create index session_of_host on session (host_id, starts_at);

create table participant (
    id            uuid primary key,
    session_id    uuid not null unique references session on delete cascade,
    in_room       text not null unique,
    display_name  text not null check (length(display_name) between 1 and 64),
    admission     text not null check (admission in
        ('INVITED', 'CHECKING', 'WAITING', 'HELD', 'ADMITTED', 'IN_CALL', 'DROPPED', 'DENIED', 'ENDED')),
    waiting_since timestamptz,
    message       text check (length(message) <= 200),
    message_at    timestamptz,
    camera        text,
    microphone    text,
    connection    text
);
create index participant_by_admission on participant (admission);

create table ticket (
    hash           bytea primary key,
    kind           text not null check (kind in ('PATIENT', 'HOST', 'TODAY')),
    session_id     uuid references session on delete cascade,
    staff_id       text,
    expires_at     timestamptz not null
);

create table signing_key (
    only_one boolean primary key default true check (only_one),
    value    bytea not null
);
