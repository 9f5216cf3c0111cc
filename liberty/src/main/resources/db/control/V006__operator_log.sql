-- SPDX-License-Identifier: Apache-2.0
-- The operator's log says which clinic an act touches, what became of it and where it came from. Absent in rows that are older.
alter table operator_log add column tenant text;
alter table operator_log add column outcome text not null default 'DONE' check (outcome in ('DONE', 'REFUSED'));
alter table operator_log add column reason text;
alter table operator_log add column network text;
alter table operator_log add column agent text;
create index on operator_log (at desc, id desc);
create index on operator_log (tenant, at desc, id desc);
create index on operator_log (action, at desc, id desc);

-- Acts that a clinic's own audit trail has yet to be told of: written with the act, gone when the trail has it.
create table operator_notice (
    log       bigint not null references operator_log (id),
    tenant    text not null references tenant (id),
    try_after timestamptz not null default '-infinity',
    primary key (log, tenant)
);
create index on operator_notice (try_after, log);
