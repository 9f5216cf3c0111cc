-- SPDX-License-Identifier: Apache-2.0
-- How a call was: for the host, where participant_id is null, and for each of the others.
create table experience (
    id             uuid primary key default gen_random_uuid(),
    session_id     uuid not null references session on delete cascade,
    participant_id uuid references participant on delete cascade,
    loss           text,
    delay          text,
    freezes        text,
    way            text,
    rating         text,
    unique nulls not distinct (session_id, participant_id),
    check (num_nulls(loss, delay, freezes, way) in (0, 4))
);
