-- SPDX-License-Identifier: Apache-2.0
-- Each clinic's last good backup at the operator's place. Numbers only.
create table backup (
    tenant text primary key references tenant (id),
    id     text not null,
    -- When the snapshot was taken; what was written later is not in it.
    at     timestamptz not null,
    rows   bigint not null,
    -- Of the text of all tables, before it was sealed.
    bytes  bigint not null,
    millis bigint not null
);
create index on backup (at);

-- Which key the backups of this installation are sealed with: a node that has another one makes none.
create table backup_key (
    only_one boolean primary key default true check (only_one),
    id       int not null
);

-- How the last trial of restoring ended.
create table restore_drill (
    only_one boolean primary key default true check (only_one),
    at       timestamptz not null,
    tenant   text not null references tenant (id),
    backup   text not null,
    millis   bigint not null,
    -- Absent: everything was as it should be.
    failure  text
);
