// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.Handle;
import org.sluse.testkit.MigrationContract;

/** A clinic's patients, answers and deliveries survive each change of the tables. */
class EprMigrationsTest extends MigrationContract {

    EprMigrationsTest() {
        super("epr");
    }

    @Override
    protected void fill(String version, Handle handle) {
        handle.execute(
                """
                        insert into patient (id, number, name, since)
                        values ('00000000-0000-4000-8000-000000000001', 'P-1', 'Patient 1', '2026-11-01T10:00:00Z')""");
        var hasVersion = version.compareTo("003") >= 0;
        handle.execute(
                """
                        insert into assessment (id, patient_id, instrument, language, practitioner, state, assigned_at, expires_at, completed_at%s)
                        values ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001', 'phq-9', 'nb', 'practitioner-1', 'COMPLETED',
                            '2026-11-01T10:00:00Z', '2026-11-08T10:00:00Z', '2026-11-02T10:00:00Z'%s)"""
                        .formatted(hasVersion ? ", instrument_version" : "", hasVersion ? ", '1.0.0'" : ""));
        handle.execute(
                "insert into answer (assessment_id, link_id, code) values ('00000000-0000-4000-8000-000000000002', '/44250-9', 'LA6568-5')");
        handle.execute(
                """
                        insert into delivery (id, assessment_id, patient_id, state, attempts, next_attempt_at)
                        values ('00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001', 'DELIVERED', 1,
                            '2026-11-02T10:00:00Z')""");
    }

    @Override
    protected void found(String version, Handle handle) {
        assertThat(handle.createQuery(
                """
                        select number || ' ' || code || ' ' || delivery.state from patient join assessment on assessment.patient_id = patient.id
                        join answer on answer.assessment_id = assessment.id join delivery on delivery.assessment_id = assessment.id""")
                .mapTo(String.class)
                .list()).containsExactly("P-1 LA6568-5 DELIVERED");
        assertThat(handle.createQuery("select instrument_version from assessment").mapTo(String.class).one())
                .as("the only version there was before versions were kept")
                .isEqualTo("1.0.0");
        if (version.equals("001")) {
            assertThat(handle.createQuery("select sent_number from delivery").mapTo(String.class).one())
                    .as("the number that it was sent with before numbers could change")
                    .isEqualTo("P-1");
        }
    }
}
