// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

/** What kind of data a stored column holds. The register names it with the text {@code category.<NAME>} of the host. */
public enum KeptCategory {
    /** Nothing about a person: numbers of versions, states of the machinery, what a clinic has set. */
    NONE(false, false),
    /** A key, or the hash of a code; it says nothing about a person. */
    SECRET(false, false),
    /** An id made by us that stands for a patient, or for something of a patient's, and is known to nobody else (GDPR Art. 4(5)). */
    PSEUDONYM(true, true),
    /** The name that a participant chose to show in a video session. */
    DISPLAY_NAME(true, true),
    /** Phone number or e-mail address. */
    CONTACT(true, true),
    /** Who somebody is: a name, a number in a register or a record. */
    IDENTITY(true, true),
    /** When somebody is treated, by whom, and what became of it; health data (GDPR Art. 4(15)). */
    APPOINTMENT(true, true),
    /** Answers, scores and what was noted about them; health data. */
    ASSESSMENT(true, true),
    /** What was used how often, under a pseudonym. */
    PSEUDONYMOUS_USAGE(true, true),
    /** Who works at the clinic or for the operator, and did what: a name, or the id by which that person is found. */
    STAFF(true, false),
    /** From which network and by what kind of program or device somebody came. */
    TRACE(true, false);

    private final boolean personal;
    private final boolean ofPatients;

    KeptCategory(boolean personal, boolean ofPatients) {
        this.personal = personal;
        this.ofPatients = ofPatients;
    }

    /** Whether it is personal data (GDPR Art. 4(1)). */
    public boolean isPersonal() {
        return personal;
    }

    /** Whether it is about a patient, so that the table has to say how the patient is found. */
    public boolean isOfPatients() {
        return ofPatients;
    }
}
