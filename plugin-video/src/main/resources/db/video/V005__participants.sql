-- SPDX-License-Identifier: Apache-2.0
-- From now on a session has one participant or more, in the order in which they were invited. Whoever is here already is its patient,
-- for whom the session's own words are meant.
alter table participant
    drop constraint participant_session_id_key,
    add column seat      smallint not null default 0,
    add column role      text not null default 'PATIENT' check (role in ('CO_HOST', 'PATIENT', 'RELATIVE', 'INTERPRETER')),
    add column label     text,
    add column staff_id  text,
    add column let_in_by text,
    add unique (session_id, seat),
    add check ((role = 'CO_HOST') = (staff_id is not null));
create index participant_by_staff on participant (staff_id) where staff_id is not null;

-- Tickets live for 90 seconds; whoever holds one of before asks for another.
delete from ticket;
alter table ticket
    drop constraint ticket_kind_check,
    drop constraint ticket_check,
    add check (kind in ('GUEST', 'HOST', 'TODAY')),
    add check ((kind = 'GUEST') = (participant_id is not null)),
    add foreign key (participant_id) references participant on delete cascade;
