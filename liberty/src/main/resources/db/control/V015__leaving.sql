-- SPDX-License-Identifier: Apache-2.0
-- Who wants a clinic to leave, until the operator carries it out, it is withdrawn, or it expires. No health data.
create table leave_request (
    tenant     text primary key references tenant (id),
    -- Id of a person of the clinic, or 'operator:' and a name.
    asked_by   text not null,
    asked_at   timestamptz not null,
    expires_at timestamptz not null
);

-- Clinics that are off-boarded at this moment: there is no such clinic any more, and what it had is not destroyed yet. Forgotten when its certificate is issued.
create table off_boarding (
    tenant       text primary key,
    -- Of the certificate that will be issued.
    certificate  uuid not null,
    name         text not null,
    -- Id of the location where its database is.
    location     text not null,
    -- Names: whoever is named by an id is in no list afterwards.
    asked_by     text not null,
    asked_at     timestamptz not null,
    confirmed_by text not null,
    begun_at     timestamptz not null,
    -- What there was when nobody could write any more, as JSON: numbers of rows and fingerprints of keys. Null until it has been counted.
    inventory    text
);

-- Append-only: what was destroyed of clinics that have left. No clinic is ever given one of these ids again, and no backup brings one of them back.
create table off_boarding_certificate (
    tenant    text primary key,
    id        uuid not null unique,
    issued_at timestamptz not null,
    -- What it says, as JSON, and its signature by the key that signs registers.
    content   text not null,
    hash      text not null,
    signature text not null
);

-- Revisions of a register outlive the clinic: what they say of processing is the operator's to show (GDPR Art. 30(2)).
alter table register_revision drop constraint register_revision_tenant_fkey;
