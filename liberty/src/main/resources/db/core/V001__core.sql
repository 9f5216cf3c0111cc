-- SPDX-License-Identifier: Apache-2.0
-- The host's own tables in a clinic's database.
create table staff (
    id      uuid primary key,
    issuer  text not null,
    subject text not null,
    name    text not null,
    roles   text[] not null,
    unique (issuer, subject)
);

create table staff_session (
    hash       bytea primary key,
    staff      uuid not null references staff (id) on delete cascade,
    issuer     text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);

create table setting (
    plugin text not null,
    name   text not null,
    value  text not null,
    primary key (plugin, name)
);

create table acknowledgement (
    plugin text not null,
    name   text not null,
    at     timestamptz not null,
    staff  text not null,
    primary key (plugin, name)
);

create table audit (
    id          bigint generated always as identity primary key,
    at          timestamptz not null,
    actor_kind  text not null,
    actor_id    text not null,
    plugin      text not null,
    action      text not null,
    object_type text not null,
    object_id   text not null,
    patient     text,
    outcome     text not null
);
create index on audit (at);
create index on audit (patient, at);

create table ledger (
    id         uuid primary key,
    at         timestamptz not null,
    plugin     text not null,
    recipient  text not null,
    name       text not null,
    categories text[] not null,
    bytes      int not null,
    subject    text,
    revision   bigint not null,
    result     text not null
);
create index on ledger (at);
