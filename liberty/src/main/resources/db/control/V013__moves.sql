-- SPDX-License-Identifier: Apache-2.0
-- Clinics on their way from one location to another: no node serves one of them until it is switched, and it is forgotten when its old database is gone. No health data.
create table move (
    tenant   text primary key references tenant (id),
    -- Ids of locations.
    source   text not null,
    target   text not null,
    begun_at timestamptz not null,
    -- Whether the clinic is at the target now, and its database at the source is to be dropped.
    switched boolean not null default false
);
