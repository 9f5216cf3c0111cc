-- SPDX-License-Identifier: Apache-2.0
-- How an operator comes into the console: a one-time code, then a session. Only hashes are kept.
create table operator_link (
    hash       bytea primary key,
    expires_at timestamptz not null
);

create table operator_session (
    hash       bytea primary key,
    created_at timestamptz not null,
    expires_at timestamptz not null
);

-- By which words a clinic is found.
alter table tenant add column words tsvector
    generated always as (to_tsvector('simple'::regconfig, replace(id, '-', ' ') || ' ' || name)) stored;
create index on tenant using gin (words) with (fastupdate = off);
