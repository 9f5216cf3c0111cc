-- SPDX-License-Identifier: Apache-2.0
-- The clinic's own keys, wrapped by the installation's root key. Not in a backup of the data: see KeyCopies.
create table clinic_key (
    only_one   boolean primary key default true check (only_one),
    wrapped    text not null,
    -- Rises with each rotation: whoever has an older one in memory reads again.
    version    integer not null default 1,
    made_at    timestamptz not null default now(),
    rotated_at timestamptz
);

-- Who was erased, by the id that a plugin knew them by. What an older backup still has of them is erased again when it is restored.
create table erased (
    plugin text not null,
    person text not null,
    at     timestamptz not null,
    primary key (plugin, person)
);
