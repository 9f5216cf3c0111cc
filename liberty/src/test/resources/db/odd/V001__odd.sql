-- SPDX-License-Identifier: Apache-2.0
-- Tables of a plugin that only tests know: what a copy could get wrong.
create type mood as enum ('calm', 'odd "one"');

create table person (
    id       bigint generated always as identity primary key,
    name     text,
    boss     bigint references person (id),
    moods    mood[] not null,
    bytes    bytea,
    document jsonb,
    at       timestamptz not null,
    lasting  interval,
    share    double precision,
    words    tsvector generated always as (to_tsvector('simple'::regconfig, coalesce(name, ''))) stored,
    number   serial
);
create index on person using gin (words);

-- Named before what it points at, and pointed at from there.
create table a_visit (
    id     uuid primary key,
    person bigint not null references person (id) on delete cascade,
    notes  text[] not null
);
alter table person add column last_visit uuid references a_visit (id) deferrable initially deferred;

create table empty_one (only_one boolean primary key default true check (only_one));
create table without_columns ();
insert into empty_one values (true);
create sequence ticket start 1000;

create function forbid() returns trigger language plpgsql as 'begin raise exception ''No row of mine is written twice''; end';
create trigger once before insert on a_visit for each row execute function forbid();
