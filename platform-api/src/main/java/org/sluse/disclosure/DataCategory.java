// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

/** What kind of personal data. The console shows the text {@code category.<NAME>}. */
public enum DataCategory {
    /** The name that a participant chose to show in a video session. */
    DISPLAY_NAME,
    /** Phone number or e-mail address. */
    CONTACT,
    /** Who somebody is: national identity number, the name in a register, the record's own patient number. */
    IDENTITY,
    /** Answers, scores and times of a questionnaire; health data (GDPR Art. 9). */
    ASSESSMENT,
    /** What was used how often, under a pseudonym (GDPR Art. 4(5)). */
    PSEUDONYMOUS_USAGE
}
