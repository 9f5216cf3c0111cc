-- SPDX-License-Identifier: Apache-2.0
-- What says who a patient is and what they answered is sealed from now on, and found by an index that only the host can make. What lies here plain the host seals, with its index, as soon as this has run:
-- until then the index of a row is null.
alter table patient drop constraint patient_number_key, add column number_index bytea unique;
alter table delivery add column sent_number_index bytea;
create index delivery_of_sent_number on delivery (sent_number_index);
