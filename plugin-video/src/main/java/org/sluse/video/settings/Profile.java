// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.settings;

/** Which country's rules for conversations on video the clinic is held to, beside the law of all. */
public enum Profile {
    /** None. */
    NONE,
    /** Germany, Annex 31b of the Federal Framework Agreement for physicians: encrypted from end to end, so that whoever carries it can neither see nor hear. */
    GERMANY
}
