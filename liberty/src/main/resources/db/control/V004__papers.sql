-- SPDX-License-Identifier: Apache-2.0
-- Under which papers a clinic's recipients receive data. Of a document there is its SHA-256 only. No health data.
create table paper (
    id          uuid primary key,
    tenant      text not null references tenant (id),
    plugin      text not null,
    recipient   text not null,
    party       text not null,
    kind        text not null,
    version     text not null,
    signer      text not null,
    signed_on   date not null,
    valid_until date,
    sha256      text not null,
    added_at    timestamptz not null,
    ended_at    timestamptz,
    -- When the modules that went off with it were switched off; absent while it holds, or when a node has yet to do so.
    settled_at  timestamptz
);
create index on paper (tenant);
create index on paper (valid_until) where settled_at is null;
