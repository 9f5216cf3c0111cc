-- SPDX-License-Identifier: Apache-2.0
-- What stood in the list of people before somebody corrected it.
alter table staff add column version integer not null default 1;

create table earlier_staff (
    staff      uuid not null references staff (id) on delete cascade,
    version    integer not null,
    name       text not null,
    roles      text[] not null,
    until      timestamptz not null,
    changed_by text not null,
    primary key (staff, version)
);
