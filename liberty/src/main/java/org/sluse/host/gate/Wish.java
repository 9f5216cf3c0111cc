// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

/** What a clinic wants of a module: what is stored of its state. Whether the module is on follows from this and from what the operator allows. */
public enum Wish {
    /** It is off. */
    OFF,
    /** One person has asked for it; a second one has yet to confirm. It is off. */
    ASKED,
    /** It is on, unless the operator holds it back. */
    ON;

    /** Whether this may follow: {@code OFF -> ASKED -> ON -> OFF}, {@code OFF -> ON} and {@code ASKED -> OFF}. Who has it on asks for nothing. */
    public boolean mayFollow(Wish before) {
        return this != before && !(before == ON && this == ASKED);
    }
}
