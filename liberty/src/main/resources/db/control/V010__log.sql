-- SPDX-License-Identifier: Apache-2.0
-- The proof of the operator's log, as that of each clinic's audit trail.
create table operator_leaf (
    place bigint primary key check (place >= 0),
    entry bigint not null unique,
    form  smallint not null,
    hash  bytea not null check (octet_length(hash) = 32)
);

create table operator_checkpoint (
    size  bigint primary key check (size > 0),
    at    timestamptz not null,
    peaks bytea not null,
    note  text not null
);

-- The public key of every log of the installation: a node that has another one would sign what nobody can prove.
create table log_key (
    only_one boolean primary key default true check (only_one),
    verifier text not null
);
