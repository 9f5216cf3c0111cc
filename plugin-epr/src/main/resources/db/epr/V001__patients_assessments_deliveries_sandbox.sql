-- SPDX-License-Identifier: Apache-2.0
create table patient (
    id uuid primary key,
    number text not null unique,
    name text not null,
    since timestamptz not null
);

-- Who treats whom; the only way by which a practitioner sees a patient.
create table treatment (
    patient_id uuid not null references patient on delete cascade,
    practitioner text not null,
    since timestamptz not null,
    primary key (patient_id, practitioner)
);

create table assessment (
    id uuid primary key,
    patient_id uuid not null references patient on delete cascade,
    instrument text not null,
    language text not null,
    practitioner text not null,
    state text not null check (state in ('ASSIGNED', 'DRAFT', 'COMPLETED', 'WITHDRAWN')),
    assigned_at timestamptz not null,
    expires_at timestamptz not null,
    saved_at timestamptz,
    completed_at timestamptz
);
create index assessment_of_patient on assessment (patient_id, assigned_at desc);

-- code is null where the patient declined to answer.
create table answer (
    assessment_id uuid not null references assessment on delete cascade,
    link_id text not null,
    code text,
    primary key (assessment_id, link_id)
);

create table safety_flag (
    assessment_id uuid primary key references assessment on delete cascade,
    link_id text not null,
    code text not null,
    raised_at timestamptz not null,
    acknowledged_at timestamptz,
    acknowledged_by text,
    note text
);

create table delivery (
    id uuid primary key,
    position bigint generated always as identity,
    assessment_id uuid not null unique references assessment on delete cascade,
    patient_id uuid not null references patient on delete cascade,
    state text not null check (state in ('QUEUED', 'SENDING', 'UNKNOWN', 'WAITING', 'DELIVERED', 'PARKED', 'REFUSED', 'GIVEN_UP')),
    reason text,
    attempts integer not null default 0,
    next_attempt_at timestamptz not null,
    location text
);
create index delivery_open on delivery (patient_id, position) where state not in ('DELIVERED', 'REFUSED', 'GIVEN_UP');

-- What happened to a delivery, in order; detail holds the record's own words or a place in it.
create table delivery_event (
    delivery_id uuid not null references delivery on delete cascade,
    position bigint generated always as identity,
    at timestamptz not null,
    what text not null,
    detail text,
    primary key (delivery_id, position)
);

-- The sandbox EPR: every version of every resource, and what the present version is found by.
create table sandbox_version (
    type text not null,
    id text not null,
    version integer not null,
    at timestamptz not null,
    content jsonb not null,
    primary key (type, id, version)
);
create index sandbox_newest on sandbox_version (at desc);

create table sandbox_index (
    type text not null,
    id text not null,
    parameter text not null,
    value text not null,
    primary key (type, parameter, value, id)
);

create table sandbox_misbehaviour (
    only_row boolean primary key default true check (only_row),
    kind text not null,
    times integer not null
);
