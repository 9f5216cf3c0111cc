-- SPDX-License-Identifier: Apache-2.0
-- The proof of the audit trail: where each entry stands in the log and the hash of its line. Appended after the commit of the act; never changed.
create table leaf (
    place bigint primary key check (place >= 0),
    entry bigint not null unique,
    -- Which columns the line has, and how it is written; see LogForm.
    form  smallint not null,
    hash  bytea not null check (octet_length(hash) = 32)
);

-- What was signed, and the tree with which the next one goes on.
create table checkpoint (
    size  bigint primary key check (size > 0),
    at    timestamptz not null,
    peaks bytea not null,
    note  text not null
);
