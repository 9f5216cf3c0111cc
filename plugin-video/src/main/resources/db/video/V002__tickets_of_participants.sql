-- SPDX-License-Identifier: Apache-2.0
-- Tickets live for 90 seconds; whoever holds one of before asks for another.
delete from ticket;
alter table ticket
    add column participant_id uuid,
    add check ((kind = 'PATIENT') = (participant_id is not null));
