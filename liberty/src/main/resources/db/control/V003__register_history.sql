-- SPDX-License-Identifier: Apache-2.0
-- What the register of processing was made from, and what it said. No health data: texts of modules, companies, and whom to ask at a clinic.

-- Everything long, once, by the SHA-256 (hexadecimal) of its UTF-8.
create table register_content (
    hash    text primary key,
    content text not null
);

-- Append-only. Beside the toggles, all that the register depends on: in force from its revision until a later row of the same kind and subject.
create table register_fact (
    revision bigint primary key,
    tenant   text references tenant (id),
    kind     text not null,
    subject  text not null,
    hash     text not null references register_content (hash),
    at       timestamptz not null
);
create index on register_fact (tenant, kind, subject, revision desc);

-- What each clinic's register said: numbered without a gap, each chained to the one before it, signed with the key below.
create table register_revision (
    tenant      text not null references tenant (id),
    number      int not null,
    fact        bigint not null,
    at          timestamptz not null,
    recorded_at timestamptz not null,
    document    text not null references register_content (hash),
    previous    text not null,
    hash        text not null,
    signature   text not null,
    primary key (tenant, number)
);

create table register_key (
    only_one boolean primary key default true check (only_one),
    keyset   text not null
);
