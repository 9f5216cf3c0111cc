// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.patient;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody who is treated at the clinic.
 *
 * @param id our own, opaque; the only one that stands in addresses, audit and ledger
 * @param number the clinic's own number, 1 to 40 letters, digits, hyphens and slashes; unique in the clinic; goes to the record; can be corrected
 * @param name the name shown at the desk, or empty; never leaves
 * @param since when the patient was added
 * @param version 1, and one more with each correction
 */
public record Patient(UUID id, String number, String name, Instant since, int version) {

    /**
     * What stood there before a correction.
     *
     * @param version which one it was
     * @param until when it was corrected
     * @param by who corrected it; an id of the clinic's staff
     */
    public record Earlier(int version, String number, String name, Instant until, String by) {}

    /** The same person under another number. */
    public Patient numbered(String other) {
        return new Patient(id, other, name, since, version);
    }
}
