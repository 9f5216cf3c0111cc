-- SPDX-License-Identifier: Apache-2.0
-- Who looks at a safety question that nobody has reviewed, and after how long; and that it was passed on.
create table deputy (
    only_row boolean primary key default true check (only_row),
    practitioner text not null,
    after_minutes integer not null check (after_minutes between 5 and 10080),
    set_at timestamptz not null,
    set_by text not null
);

alter table safety_flag add column passed_at timestamptz, add column passed_to text;
create index safety_flag_waiting on safety_flag (raised_at) where acknowledged_at is null and passed_at is null;
