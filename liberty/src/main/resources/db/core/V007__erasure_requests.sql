-- SPDX-License-Identifier: Apache-2.0
-- Whom somebody wants to be erased, until a second person confirms it, it is withdrawn, or it expires. In no backup.
create table erasure_request (
    id         uuid primary key,
    -- By what the clinic knows them, sealed under the clinic's key.
    person     text not null,
    -- Id of a person of the clinic, or 'operator:' and a name.
    asked_by   text not null,
    asked_at   timestamptz not null,
    expires_at timestamptz not null
);
