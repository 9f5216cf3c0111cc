-- SPDX-License-Identifier: Apache-2.0
-- What a patient's number and name were before they were corrected; and a version, so that nobody writes over a correction that they have not seen.
alter table patient add column version integer not null default 1;

create table earlier_patient (
    patient_id uuid not null references patient on delete cascade,
    version    integer not null,
    number     text not null,
    name       text not null,
    until      timestamptz not null,
    changed_by text not null,
    primary key (patient_id, version)
);
