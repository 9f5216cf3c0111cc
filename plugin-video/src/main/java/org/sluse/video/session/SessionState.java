// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

/** What has become of a session. */
public enum SessionState {
    /** Nobody was let in yet. OPEN, ENDED, MISSED or CANCELLED may follow. */
    SCHEDULED,
    /** Somebody was let in. ENDED or CANCELLED may follow. */
    OPEN,
    /** It was ended, or its time is over. Nothing follows. */
    ENDED,
    /** Nobody came whom it was planned for. Nothing follows. */
    MISSED,
    /** It will not take place. Nothing follows. */
    CANCELLED;

    /** Whether nobody can enter any more. */
    public boolean isOver() {
        return this == ENDED || this == MISSED || this == CANCELLED;
    }
}
