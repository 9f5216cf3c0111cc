// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

/** What has become of a session. */
public enum SessionState {
    SCHEDULED, OPEN, ENDED, CANCELLED;

    /** Whether nobody can enter any more. */
    public boolean isOver() {
        return this == ENDED || this == CANCELLED;
    }
}
