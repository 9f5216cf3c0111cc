// SPDX-License-Identifier: Apache-2.0
package org.sluse.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.Handle;
import org.sluse.testkit.MigrationContract;

/** A clinic's sessions survive each change of the tables. */
class VideoMigrationsTest extends MigrationContract {

    VideoMigrationsTest() {
        super("video");
    }

    @Override
    protected void fill(String version, Handle handle) {
        handle.execute(
                """
                        insert into session (id, room, host_id, host_in_room, patient_label, starts_at, minutes, state)
                        values ('00000000-0000-4000-8000-000000000001', 'room-1', 'practitioner-1', 'host-1', 'Patient 1', '2026-11-01T10:00:00Z', 45, 'SCHEDULED')""");
        handle.execute(
                """
                        insert into participant (id, session_id, in_room, display_name, admission)
                        values ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001', 'patient-1', 'Kari', 'INVITED')""");
    }

    @Override
    protected void found(String version, Handle handle) {
        assertThat(handle
                .createQuery(
                        "select room || ' ' || display_name || ' ' || role || ' ' || seat from session join participant on session_id = session.id")
                .mapTo(String.class)
                .list()).containsExactly("room-1 Kari PATIENT 0");
    }
}
