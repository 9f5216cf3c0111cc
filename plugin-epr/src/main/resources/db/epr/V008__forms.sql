-- SPDX-License-Identifier: Apache-2.0
-- Questionnaires of the clinic's own. A row is never changed: another content is another version, and the one that was brought last is offered.
create table form (
    id uuid primary key,
    position bigint generated always as identity,
    url text not null,
    version text not null,
    title text not null,
    languages text[] not null,
    questions integer not null,
    content text not null,
    imported_at timestamptz not null,
    imported_by text not null,
    unique (url, version)
);
