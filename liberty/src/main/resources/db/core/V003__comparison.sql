-- SPDX-License-Identifier: Apache-2.0
-- What was declared beside what was observed.
create table comparison (
    only_one boolean primary key default true check (only_one),
    at       timestamptz not null,
    -- Rows of the ledger before this time have been compared.
    through  timestamptz not null
);

-- Disclosures that the register did not declare when they were made; one that nobody has looked into has no looked_at.
create table undeclared (
    ledger     uuid primary key references ledger (id),
    why        text not null,
    categories text[] not null,
    found_at   timestamptz not null,
    looked_at  timestamptz,
    looked_by  text
);

-- Who may receive data and had received nothing when it was compared last.
create table unused (
    plugin    text not null,
    recipient text not null,
    name      text not null,
    since     timestamptz not null,
    primary key (plugin, recipient)
);

-- The order in which the ledger is read, and by whom it was sent to.
drop index ledger_at_idx;
create index on ledger (at, id);
create index on ledger (plugin, recipient, at);
