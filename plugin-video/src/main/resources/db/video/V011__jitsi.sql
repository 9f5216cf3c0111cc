-- SPDX-License-Identifier: Apache-2.0
-- Rooms may be at a Jitsi Meet.
alter table provider_room
    drop constraint provider_room_provider_check,
    add constraint provider_room_provider_check check (provider in ('BUILT_IN', 'WHEREBY', 'JITSI'));
