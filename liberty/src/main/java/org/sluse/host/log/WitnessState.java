// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

/** Whether this node can use the witness's files, as far as it has tried; the worst of all logs. */
public enum WitnessState {
    /** They are read and written. */
    USABLE,
    /** A checkpoint could not be appended, so that the witness does not know it yet; tried again when the next one is due. */
    UNWRITABLE,
    /** What the witness knows could not be asked for, so that logs are held against nothing. */
    UNREADABLE
}
