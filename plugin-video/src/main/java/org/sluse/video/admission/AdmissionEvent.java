// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

/** What can happen to somebody on the way into a session. */
public enum AdmissionEvent {
    /** A socket of theirs has opened, for the first time or again. */
    ARRIVED,
    /** They went on to the waiting room. */
    KNOCKED,
    /** The host asked them to wait. */
    ASKED_TO_WAIT,
    /** The host let them in. */
    LET_IN,
    /** The host, who had let them in, asked them back to the waiting room. */
    ASKED_BACK,
    /** The host turned them away, wherever they were. */
    TURNED_AWAY,
    /** Picture and sound arrive. */
    CONNECTED,
    /** Their socket is gone. */
    LOST,
    /** They left by themselves. */
    LEFT,
    /** The session was ended or cancelled. */
    SESSION_OVER,
    /** The clinic has switched video off. */
    SWITCHED_OFF
}
