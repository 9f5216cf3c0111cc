// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

/**
 * How far somebody has come on the way into a session. Kept in the database, so that no reload, cut or restart costs the place. What may follow stands at each; besides,
 * INVITED follows each that is not over when the clinic switches video off.
 */
public enum Admission {
    /** Has a link and is not here. CHECKING, WAITING, DENIED or ENDED may follow. */
    INVITED,
    /** Is at the device check. WAITING, DENIED, ENDED, or INVITED when the page is closed, may follow. */
    CHECKING,
    /** Is in the waiting room, with the page open or not. HELD, ADMITTED, DENIED, ENDED, or INVITED when they leave, may follow. */
    WAITING,
    /** Is in the waiting room and has been asked to wait. What follows WAITING may follow. */
    HELD,
    /** Has been let in; picture and sound are not there yet. IN_CALL, DROPPED, WAITING when asked back, DENIED, ENDED, or INVITED when they leave, may follow. */
    ADMITTED,
    /** Talks. ADMITTED when the page is loaded again, DROPPED, WAITING when asked back, DENIED, ENDED, or INVITED when they leave, may follow. */
    IN_CALL,
    /** Was let in and has lost the connection; may come back without waiting again. ADMITTED, IN_CALL, WAITING, DENIED, ENDED or INVITED may follow. */
    DROPPED,
    /** Was turned away. Nothing follows. */
    DENIED,
    /** The session is over. Nothing follows. */
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
            case ASKED_BACK -> mayTalk() ? WAITING : this;
            case TURNED_AWAY -> this == ENDED ? this : DENIED;
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

    /** Whether they have been let in and were not lost since. */
    public boolean isTalking() {
        return this == ADMITTED || this == IN_CALL;
    }

    /** Whether there is no way back. */
    public boolean isOver() {
        return this == DENIED || this == ENDED;
    }
}
