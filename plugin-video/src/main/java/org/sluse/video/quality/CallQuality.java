// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.quality;

/**
 * How a call was for one person, as their own browser has measured it over the whole call. No number and no address has a place in it.
 *
 * @param loss of what was sent to them: below 1 %, below 5 %, more
 * @param delay there and back: below 150 ms, below 400 ms (ITU-T G.114), more
 * @param freezes of the pictures they saw: below half a percent of the time, below 5 %, more
 */
public record CallQuality(Grade loss, Grade delay, Grade freezes, Way way) {

    /** How much of it there was. */
    public enum Grade {
        NONE, SOME, MUCH
    }

    /** Which way sound and picture took, the longest of several. */
    public enum Way {
        DIRECT, RELAYED
    }
}
