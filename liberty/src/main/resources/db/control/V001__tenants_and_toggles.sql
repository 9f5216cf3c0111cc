-- SPDX-License-Identifier: Apache-2.0
-- Which clinics there are, which modules they have on, and what operators did. No health data.
create table tenant (
    id            text primary key,
    name          text not null,
    location      text not null,
    issuer        text,
    client_id     text,
    client_secret text,
    setup_hash    bytea,
    setup_expires timestamptz,
    created_at    timestamptz not null
);

-- Grows with every change of what is in force; nodes poll it.
create table revision (value bigint not null);
insert into revision values (0);

-- Append-only: the state of a (tenant, plugin) is its row with the highest revision.
create table toggle (
    tenant   text not null references tenant (id),
    plugin   text not null,
    is_on    boolean not null,
    revision bigint not null,
    at       timestamptz not null,
    actor    text not null,
    primary key (tenant, plugin, revision)
);

create table operator_log (
    id          bigint generated always as identity primary key,
    at          timestamptz not null,
    actor_kind  text not null,
    actor_id    text not null,
    action      text not null,
    object_type text not null,
    object_id   text not null
);

-- The table of db-scheduler.
create table scheduled_tasks (
    task_name            text not null,
    task_instance        text not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index on scheduled_tasks (execution_time);
create index on scheduled_tasks (last_heartbeat);
