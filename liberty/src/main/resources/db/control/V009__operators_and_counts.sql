-- SPDX-License-Identifier: Apache-2.0
-- Of a refusal: how many alike before it are in no row.
alter table operator_log add column unwritten int not null default 0 check (unwritten >= 0);

-- What one of the operator's people calls themselves; absent where they did not say.
alter table operator_log add column operator text;
alter table operator_link add column operator text;
alter table operator_session add column operator text;

-- Whether the system did it by itself: nobody called. What somebody should know of all the same is looked for with what people did.
alter table operator_log add column by_itself boolean not null default false;
update operator_log set by_itself = true where network = '' and agent = 'NONE';
create index on operator_log (at desc, id desc) where not by_itself or action in ('FIND', 'ROLL_BACK');

-- A clinic is told of one act after the other, in their order.
create index on operator_notice (tenant, log);

-- Clinics whose registers have yet to say what a new jar of a module declares: written when it comes into force, gone when the register says it.
create table register_notice (
    module    text not null,
    tenant    text not null references tenant (id),
    try_after timestamptz not null default '-infinity',
    primary key (module, tenant)
);
create index on register_notice (try_after);

-- When sessions of a clinic's staff end: written before they do. Around these times every node looks whether those at its sockets stand. No clinic is referred to: rows of the past are forgotten.
create table session_end (
    tenant text not null,
    at     timestamptz not null,
    primary key (tenant, at)
);
create index on session_end (at);
