-- SPDX-License-Identifier: Apache-2.0
-- Which nodes serve, and up to which revision each has everything in force.
create table node (
    id            uuid primary key,
    -- Where it is reached, as the operator set it.
    address       text not null,
    started_at    timestamptz not null,
    seen_revision bigint not null,
    -- By the clock of the database: of two nodes' clocks neither is right.
    seen_at       timestamptz not null
);

-- What a clinic wants: OFF, ASKED (one person has asked, a second one has yet to confirm), ON.
alter table toggle add column state text;
update toggle set state = case when is_on then 'ON' else 'OFF' end;
alter table toggle alter column state set not null;
alter table toggle add check (state in ('OFF', 'ASKED', 'ON'));
alter table toggle drop column is_on;

-- Append-only: what the operator forbids, whatever a clinic wants. In force until a later row about the same.
create table kill (
    revision  bigint primary key,
    plugin    text not null,
    -- Absent: the whole plugin.
    recipient text,
    killed    boolean not null,
    why       text not null,
    at        timestamptz not null,
    actor     text not null
);

-- Append-only: how far a plugin has been rolled out. In force until a later row of the same plugin; without a row, to everybody.
create table rollout (
    revision bigint primary key,
    plugin   text not null,
    stage    text not null check (stage in ('NOBODY', 'PILOT', 'PERCENT', 'EVERYBODY')),
    percent  int not null check (percent between 0 and 100),
    pilots   text[] not null,
    why      text not null,
    at       timestamptz not null,
    actor    text not null
);

-- A timer was woken while it ran: it runs once more.
create table timer_wake (
    task_name     text not null,
    task_instance text not null,
    primary key (task_name, task_instance)
);

-- What became of the calls to a plugin while it was rolled out to a part of the clinics, by the revision of that roll-out; all nodes add to it.
create table rollout_count (
    revision bigint primary key references rollout (revision),
    calls    bigint not null,
    failures bigint not null
);
