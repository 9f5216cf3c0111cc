-- SPDX-License-Identifier: Apache-2.0
-- Texts of instruments that a clinic brought under its own licence; a row is never changed, and each assessment keeps the one that it was asked in. Without one it was asked in the words that came with
-- this software.
create table wording (
    id uuid primary key,
    instrument text not null,
    instrument_version text not null,
    language text not null,
    texts jsonb not null,
    imported_at timestamptz not null,
    imported_by text not null
);
create index wording_newest on wording (instrument, language, imported_at desc);

alter table assessment add column wording_id uuid references wording;
