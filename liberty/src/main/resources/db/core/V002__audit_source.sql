-- SPDX-License-Identifier: Apache-2.0
-- What detection needs of an act: from which network (a prefix, never an address), by which kind of program, how many objects, why it was refused.
-- Absent in rows that are older.
alter table audit add column reason text;
alter table audit add column objects int check (objects >= 0);
alter table audit add column network text;
alter table audit add column agent text;
