// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

/** What somebody is in a room. */
public enum ParticipantRole {
    /** The practitioner whose session it is. There is one, who is nobody's guest and lets the others in. */
    HOST,
    /** A practitioner of the clinic who may do what the host may, from the moment the host has let them in. */
    CO_HOST,
    /** Somebody who is treated. */
    PATIENT,
    /** Somebody who is with a patient. */
    RELATIVE,
    /** Somebody who translates. */
    INTERPRETER
}
