-- SPDX-License-Identifier: Apache-2.0
-- How each clinic's last comparison of declared and observed disclosures ended. Numbers only.
create table comparison (
    tenant     text primary key references tenant (id),
    at         timestamptz not null,
    -- That nobody has looked into yet.
    undeclared int not null,
    unused     int not null
);
create index on comparison (at);
create index on comparison (tenant) where undeclared > 0;
