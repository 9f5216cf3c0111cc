// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sluse.testkit.ManualClock;
import org.sluse.video.admission.AdmissionEvent;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.admission.Participant;
import org.sluse.video.admission.Participant.Who;
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.session.SessionState;
import org.sluse.video.session.VideoSession;

class TurnTest {

    private static final Instant NOON = ManualClock.NOON;

    @Test
    void nothing_says_when_the_first_is_let_in_and_the_next_follows_after_the_planned_length() {
        assertThat(about(minutes(7), waiting(0, 20), waiting(15, 20), waiting(15, 20)))
                .containsExactly(Optional.empty(), Optional.of(minutes(30)), Optional.of(minutes(50)));
    }

    @Test
    void while_a_conversation_is_under_way_it_is_counted_from_its_planned_end() {
        assertThat(about(minutes(7), talking(0, 30), waiting(15, 20), waiting(15, 20)))
                .containsExactly(Optional.of(minutes(30)), Optional.of(minutes(50)));
    }

    @Test
    void nothing_says_anything_once_it_takes_longer_than_planned() {
        assertThat(about(minutes(30), talking(0, 30), waiting(15, 20), waiting(15, 20)))
                .containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void it_is_nobodys_turn_before_their_appointment() {
        assertThat(about(minutes(1), talking(0, 30), waiting(60, 20), waiting(60, 20)))
                .containsExactly(Optional.of(minutes(60)), Optional.of(minutes(80)));
    }

    @Test
    void each_says_how_many_wait_before() {
        assertThat(Turn.of(List.of(talking(0, 30), waiting(0, 20), waiting(0, 20)), NOON)).extracting(Turn::before)
                .containsExactly(0, 1);
    }

    @Test
    void whoever_comes_late_to_a_conversation_that_is_under_way_is_behind_nobody_and_before_nobody() {
        var late = invited(ParticipantRole.RELATIVE).on(AdmissionEvent.KNOCKED, NOON);

        assertThat(Turn.of(List.of(talking(0, 30).and(late), waiting(0, 20)), NOON)).extracting(Turn::before)
                .containsExactly(0, 0);
    }

    private static List<Optional<Instant>> about(Instant now, VideoSession... present) {
        return Turn.of(List.of(present), now).stream().map(Turn::about).toList();
    }

    private static VideoSession talking(int startsAfter, int length) {
        return waiting(startsAfter, length).on(AdmissionEvent.LET_IN, NOON);
    }

    private static VideoSession waiting(int startsAfter, int length) {
        return new VideoSession(UUID.randomUUID(), "room", "practitioner-1", "host", "Patient 4", minutes(startsAfter),
                length, SessionState.SCHEDULED, Optional.empty(), List.of(invited(ParticipantRole.PATIENT)))
                .on(AdmissionEvent.KNOCKED, NOON);
    }

    private static Participant invited(ParticipantRole role) {
        return Participant.invited(UUID.randomUUID(), "in-room", Who.guest(role, "Patient 4"), new DisplayName("Kari"));
    }

    private static Instant minutes(int afterNoon) {
        return NOON.plus(Duration.ofMinutes(afterNoon));
    }
}
