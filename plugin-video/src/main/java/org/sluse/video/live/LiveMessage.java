// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.Optional;
import org.sluse.video.admission.Participant.Devices;
import org.sluse.video.quality.CallQuality;

/** What a browser may say on a socket. */
sealed interface LiveMessage {

    /** The first message. */
    record Join(String ticket) implements LiveMessage {}

    /** "Still here"; answered alike, so that both sides find a dead socket. */
    record Heartbeat() implements LiveMessage {}

    /** Somebody goes from the device check to the waiting room. */
    record Knock(Devices devices) implements LiveMessage {}

    /** Somebody at the device check asks whether the relay can be reached. */
    record TryRelay() implements LiveMessage {}

    /** Somebody goes away by their own will. */
    record Leave() implements LiveMessage {}

    /** Ready for a connection to everybody with whom there is none, or for a new one to the named participant. */
    record Ready(String token, Optional<String> peer) implements LiveMessage {}

    /** Picture and sound of the named participant arrive on the named connection. */
    record Connected(String peer, String connection) implements LiveMessage {}

    /** An offer, an answer or a candidate for the named participant. */
    record Signal(Kind kind, String peer, String connection, String payload, Optional<String> mid,
            Optional<Integer> line) implements LiveMessage {

        enum Kind {
            OFFER, ANSWER, CANDIDATE
        }

        @Override
        public String toString() {
            return "Signal[" + kind + "]";
        }
    }

    /** How the call has been so far for whoever says it. */
    record Quality(CallQuality sofar) implements LiveMessage {}

    /** The host lets somebody in. */
    record Admit(String participant) implements LiveMessage {}

    /** The host asks somebody to wait, in words of their own or in those of the page of whoever waits. */
    record Hold(String participant, Optional<String> message) implements LiveMessage {}

    /** The host asks somebody whom they let in back to the waiting room. */
    record Back(String participant) implements LiveMessage {}

    /** The host turns somebody away. */
    record Deny(String participant) implements LiveMessage {}

    /** The host ends the session for everyone. */
    record End() implements LiveMessage {}
}
