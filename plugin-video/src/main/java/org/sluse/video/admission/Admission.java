// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

/** How far a patient has come on the way into a session. Kept in the database, so that no reload, cut or restart costs the place. */
public enum Admission {
    /** Has a link and is not here. */
    INVITED,
    /** Is at the device check. */
    CHECKING,
    /** Is in the waiting room. */
    WAITING,
    /** Is in the waiting room and has been asked to wait. */
    HELD,
    /** Has been let in; picture and sound are not there yet. */
    ADMITTED,
    /** Talks. */
    IN_CALL,
    /** Was let in and has lost the connection; may come back without waiting again. */
    DROPPED,
    /** Was turned away. */
    DENIED,
    /** The session is over. */
    ENDED;

    /** The state after {@code event}; the same state when the event changes nothing or is not allowed here. */
    public Admission on(AdmissionEvent event) {
        return switch (event) {
            case ARRIVED -> switch (this) {
                case INVITED -> CHECKING;
                case IN_CALL, DROPPED -> ADMITTED;
                default -> this;
            };
            case KNOCKED -> this == INVITED || this == CHECKING ? WAITING : this;
            case ASKED_TO_WAIT -> isWaiting() ? HELD : this;
            case LET_IN -> isWaiting() ? ADMITTED : this;
            case TURNED_AWAY -> isWaiting() || mayTalk() ? DENIED : this;
            case CONNECTED -> mayTalk() ? IN_CALL : this;
            case LOST -> switch (this) {
                case ADMITTED, IN_CALL -> DROPPED;
                case CHECKING -> INVITED;
                default -> this;
            };
            case LEFT, SWITCHED_OFF -> isOver() ? this : INVITED;
            case SESSION_OVER -> this == DENIED ? this : ENDED;
        };
    }

    /** Whether they are in the waiting room. */
    public boolean isWaiting() {
        return this == WAITING || this == HELD;
    }

    /** Whether they have been let in and hold the right to media. */
    public boolean mayTalk() {
        return this == ADMITTED || this == IN_CALL || this == DROPPED;
    }

    /** Whether there is no way back. */
    public boolean isOver() {
        return this == DENIED || this == ENDED;
    }
}
