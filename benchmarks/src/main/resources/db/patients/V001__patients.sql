-- SPDX-License-Identifier: Apache-2.0
-- A patient's row, and what a hash chain kept in the transaction needs.
create table patient (
    id    uuid primary key,
    name  text not null,
    born  date not null
);

create table chain (
    id    bigint generated always as identity primary key,
    entry text not null,
    hash  bytea not null
);

-- The last hash: whoever appends holds it until the commit.
create table chain_head (
    only_one boolean primary key default true check (only_one),
    hash     bytea not null
);
insert into chain_head (hash) values ('');
