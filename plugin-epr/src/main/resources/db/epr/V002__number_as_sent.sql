-- SPDX-License-Identifier: Apache-2.0
-- A patient's number can be corrected; a delivery keeps the one that it was last sent with. Until now none could change.
alter table delivery add column sent_number text;
update delivery set sent_number = patient.number from patient where patient.id = delivery.patient_id and delivery.attempts > 0;
