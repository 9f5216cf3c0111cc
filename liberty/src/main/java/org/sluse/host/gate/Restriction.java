// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.time.Instant;

/**
 * What the operator holds against a plugin at a clinic, whatever the clinic wants.
 *
 * @param why in the operator's words, for the clinic's administrators
 * @param since when
 */
public record Restriction(Kind kind, String why, Instant since) {

    /** Which. */
    public enum Kind {
        /** Stopped for everybody. */
        KILLED,
        /** Not rolled out to this clinic. */
        HELD_BACK
    }
}
