// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

/** What somebody is in a room. */
public enum ParticipantRole {
    HOST, PATIENT;

    /** The other one of the two. */
    public ParticipantRole other() {
        return this == HOST ? PATIENT : HOST;
    }
}
