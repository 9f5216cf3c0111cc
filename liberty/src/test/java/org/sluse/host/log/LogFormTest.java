// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sluse.host.postgres.RunningCluster;

/** The bytes that are hashed. Whoever changes them makes every log that was signed look altered. */
class LogFormTest {

    @Test
    void a_whole_entry_of_a_clinic_is_this_line() {
        assertThat(line(LogForm.CLINIC,
                """
                        'READ' action, 'practitioner-1' actor_id, 'STAFF' actor_kind, 'BROWSER' agent,
                        timestamptz '2026-11-27 12:00:00.1234567+02' at, 7::bigint id, '192.0.2.0/24' network, 'id-1' object_id,
                        'Note' object_type, 3 objects, 'REFUSED' outcome, 'patient-4' patient, 'video' plugin, 'forbidden' reason"""))
                .isEqualTo(
                        """
                                {"action":"READ","actorId":"practitioner-1","actorKind":"STAFF","agent":"BROWSER","at":"2026-11-27T10:00:00.123457Z","id":7,\
                                "network":"192.0.2.0/24","objectId":"id-1","objectType":"Note","objects":3,"outcome":"REFUSED","patient":"patient-4","plugin":"video",\
                                "reason":"forbidden","v":1}""");
    }

    @Test
    void what_is_absent_in_an_older_row_is_absent_in_its_line() {
        assertThat(line(LogForm.CLINIC,
                """
                        'READ' action, 'a' actor_id, 'STAFF' actor_kind, null::text agent, timestamptz '2026-11-27 12:00:00Z' at,
                        1::bigint id, null::text network, '*' object_id, 'Note' object_type, null::int objects, 'DONE' outcome,
                        null::text patient, 'core' plugin, null::text reason"""))
                .isEqualTo(
                        """
                                {"action":"READ","actorId":"a","actorKind":"STAFF","at":"2026-11-27T12:00:00.000000Z","id":1,"objectId":"*","objectType":"Note",\
                                "outcome":"DONE","plugin":"core","v":1}""");
    }

    @Test
    void an_entry_of_the_operators_log_is_this_line() {
        assertThat(line(LogForm.OPERATOR,
                """
                        'KILL' action, 'operator' actor_id, 'OPERATOR' actor_kind, 'NONE' agent, timestamptz '2026-11-27 12:00:00Z' at,
                        1::bigint id, '' network, 'epr' object_id, 'Plugin' object_type, 'DONE' outcome, null::text reason, 'north' tenant,
                        false by_itself, 'anna' operator, 3 unwritten"""))
                .isEqualTo(
                        """
                                {"action":"KILL","actorId":"operator","actorKind":"OPERATOR","agent":"NONE","at":"2026-11-27T12:00:00.000000Z","byItself":false,"id":1,"network":"",\
                                "objectId":"epr","objectType":"Plugin","operator":"anna","outcome":"DONE","tenant":"north","unwritten":3,"v":1}""");
    }

    @Test
    void letters_are_written_as_RFC_8785_says() {
        assertThat(line(LogForm.OPERATOR,
                """
                        e'\\u20ac$\\u000f\\nA''B"\\\\\\\\"/ \\u00e6\\U0001F600\\u2028\\u007f' action, 'a' actor_id, 'a' actor_kind, null::text agent,
                        timestamptz '2026-11-27 12:00:00Z' at, 1::bigint id, null::text network, '*' object_id, 'a' object_type, 'DONE' outcome,
                        null::text reason, null::text tenant, false by_itself, null::text operator, 0 unwritten"""))
                .contains("\"action\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/ \u00e6\uD83D\uDE00\u2028\u007f\"");
    }

    private static String line(LogForm form, String columns) {
        try (var handle = RunningCluster.POSTGRES.open("postgres")) {
            return handle
                    .createQuery(form.sql("select <columns> from (select " + columns + ") entry"))
                    .map((row, context) -> new String(form.line(row, 1), StandardCharsets.UTF_8))
                    .one();
        }
    }
}
