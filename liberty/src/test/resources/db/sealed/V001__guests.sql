-- SPDX-License-Identifier: Apache-2.0
-- The tables of a plugin that only tests know, with sealed columns.
create table guest (
    id         text primary key,
    name       text not null,
    name_index bytea unique,
    wish       text
);

create table visit (
    guest_id text not null references guest on delete cascade,
    day      integer not null,
    remark   text,
    primary key (guest_id, day)
);
