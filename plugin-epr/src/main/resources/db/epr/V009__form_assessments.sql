-- SPDX-License-Identifier: Apache-2.0
-- Forms of the clinic's own, assigned to patients. What was answered is one sealed QuestionnaireResponse; version: nobody writes over answers that they have not seen.
create table form_assessment (
    id uuid primary key,
    patient_id uuid not null references patient on delete cascade,
    form_id uuid not null references form,
    language text not null,
    practitioner text not null,
    state text not null check (state in ('ASSIGNED', 'DRAFT', 'COMPLETED', 'WITHDRAWN')),
    assigned_at timestamptz not null,
    expires_at timestamptz not null,
    saved_at timestamptz,
    completed_at timestamptz,
    version integer not null,
    answered integer not null,
    asked integer not null,
    response text not null
);
create index form_assessment_of_patient on form_assessment (patient_id, assigned_at desc);

-- They go the same way into the record, one after the other for each patient.
alter table delivery alter column assessment_id drop not null,
    add column form_assessment_id uuid unique references form_assessment on delete cascade,
    add constraint delivery_of_one check (num_nonnulls(assessment_id, form_assessment_id) = 1);
