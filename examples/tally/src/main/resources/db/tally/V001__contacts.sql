-- SPDX-License-Identifier: Apache-2.0
create table contact (
    id  bigint generated always as identity primary key,
    way text not null,
    at  timestamptz not null
);

create index contact_at on contact (at);

create table report (
    monday  date primary key,
    sent_at timestamptz not null
);
