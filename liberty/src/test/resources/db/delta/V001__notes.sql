-- SPDX-License-Identifier: Apache-2.0
-- The table of a plugin that only tests know.
create table note (
    id   bigint generated always as identity primary key,
    text text not null unique
);
