// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            ARRIVED,       CHECKING, CHECKING, WAITING, HELD,    ADMITTED, ADMITTED, ADMITTED, DENIED, ENDED
            KNOCKED,       WAITING,  WAITING,  WAITING, HELD,    ADMITTED, IN_CALL,  DROPPED,  DENIED, ENDED
            ASKED_TO_WAIT, INVITED,  CHECKING, HELD,    HELD,    ADMITTED, IN_CALL,  DROPPED,  DENIED, ENDED
            LET_IN,        INVITED,  CHECKING, ADMITTED,ADMITTED,ADMITTED, IN_CALL,  DROPPED,  DENIED, ENDED
            TURNED_AWAY,   DENIED,   DENIED,   DENIED,  DENIED,  DENIED,   DENIED,   DENIED,   DENIED, ENDED
            ASKED_BACK,    INVITED,  CHECKING, WAITING, HELD,    WAITING,  WAITING,  WAITING,  DENIED, ENDED
            CONNECTED,     INVITED,  CHECKING, WAITING, HELD,    IN_CALL,  IN_CALL,  IN_CALL,  DENIED, ENDED
            LOST,          INVITED,  INVITED,  WAITING, HELD,    DROPPED,  DROPPED,  DROPPED,  DENIED, ENDED
            LEFT,          INVITED,  INVITED,  INVITED, INVITED, INVITED,  INVITED,  INVITED,  DENIED, ENDED
            SESSION_OVER,  ENDED,    ENDED,    ENDED,   ENDED,   ENDED,    ENDED,    ENDED,    DENIED, ENDED
            SWITCHED_OFF,  INVITED,  INVITED,  INVITED, INVITED, INVITED,  INVITED,  INVITED,  DENIED, ENDED
            """)
    void event_times_state(AdmissionEvent event, Admission invited, Admission checking, Admission waiting,
            Admission held, Admission admitted,
            Admission inCall, Admission dropped, Admission denied, Admission ended) {
        var after = new Admission[]{invited, checking, waiting, held, admitted, inCall, dropped, denied, ended};

        for (var state : Admission.values()) {
            assertThat(state.on(event)).as(state + " on " + event).isEqualTo(after[state.ordinal()]);
        }
    }

    @Test
    void has_a_row_for_each_event() {
        assertThat(AdmissionEvent.values()).hasSize(11);
        assertThat(Admission.values()).hasSize(9);
    }
}
