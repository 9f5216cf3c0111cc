// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditEntry;
import org.sluse.problem.ProblemException;
import org.sluse.video.quality.CallQuality;
import org.sluse.video.quality.CallQuality.Grade;
import org.sluse.video.quality.CallQuality.Way;
import org.sluse.video.quality.Rating;

/** How a call was, said by both sides, and what the host reads of it. */
class CallQualityTest extends OneSession {

    private static final String SMOOTH = """
            {"type":"quality","loss":"NONE","delay":"NONE","freezes":"NONE","way":"DIRECT"}""";
    private static final String POOR = """
            {"type":"quality","loss":"MUCH","delay":"SOME","freezes":"MUCH","way":"RELAYED"}""";

    @Test
    void the_newest_of_each_stands_beside_them_and_stays_when_the_session_is_over() {
        admit();
        handler.received(host, SMOOTH);
        handler.received(patient, SMOOTH);
        handler.received(patient, POOR);

        sessions.end(session.id());

        var seen = sessions.get(session.id());
        assertThat(seen.quality()).contains(new CallQuality(Grade.NONE, Grade.NONE, Grade.NONE, Way.DIRECT));
        assertThat(seen.people().getFirst().quality())
                .contains(new CallQuality(Grade.MUCH, Grade.SOME, Grade.MUCH, Way.RELAYED));
    }

    @Test
    void nothing_is_known_of_a_call_of_which_nobody_has_said_anything() {
        admit();

        var seen = sessions.get(session.id());
        assertThat(seen.quality()).isEmpty();
        assertThat(seen.people().getFirst().quality()).isEmpty();
        assertThat(seen.people().getFirst().rating()).isEmpty();
    }

    @Test
    void whoever_waits_says_nothing_of_a_call() {
        handler.received(patient, POOR);

        assertThat(sessions.get(session.id()).people().getFirst().quality()).isEmpty();
    }

    @Test
    void no_number_and_no_address_is_taken() {
        admit();

        for (var said : new String[]{POOR.replace("\"MUCH\"", "17"), POOR.replace("RELAYED", "192.0.2.7"),
                POOR.replace("}", ",\"address\":\"192.0.2.7\"}")}) {
            assertThatThrownBy(() -> handler.received(patient, said)).isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void what_a_guest_says_of_it_goes_with_what_their_browser_has_measured() {
        admit();
        handler.received(patient, POOR);
        database.inTransaction(AuditEntry.list("Invitation"), tx -> {
            var who = store.find(tx, session.id()).orElseThrow().patient();
            experiences.keep(tx, session.id(), who.id(), Rating.BAD);
            experiences.keep(tx, session.id(), who.id(), Rating.FAIR);
            return who.id();
        });

        var seen = sessions.get(session.id()).people().getFirst();
        assertThat(seen.rating()).contains(Rating.FAIR);
        assertThat(seen.quality()).isPresent();
    }

    @Test
    void whoever_begins_anew_by_a_new_link_leaves_nothing_of_it() {
        admit();
        handler.received(patient, POOR);

        sessions.inviteAgain(session.id());

        assertThat(sessions.get(session.id()).people().getFirst().quality()).isEmpty();
    }

    @Test
    void a_list_of_sessions_does_not_look_for_it() {
        admit();
        handler.received(patient, POOR);

        assertThat(sessions.list(session.startsAt(), session.startsAt().plusSeconds(1))
                .getFirst()
                .people()
                .getFirst()
                .quality()).isEmpty();
    }
}
