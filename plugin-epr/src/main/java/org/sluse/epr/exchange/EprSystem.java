// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import java.time.Duration;
import java.util.Optional;
import org.sluse.epr.patient.Patient;

/** The clinic's record system, as delivery sees it. Blocks; never throws for what the record does or fails to do. */
public interface EprSystem {

    /** What would be sent, laid out for people. */
    String message(Completed completed, Patient patient);

    /** Sends what a patient has sent. Sending it again changes nothing in the record. */
    Outcome send(Completed completed, Patient patient);

    /** Looks whether an earlier attempt has arrived. */
    Finding find(Completed completed, Patient patient);

    /** What became of an attempt. */
    sealed interface Outcome {

        /** The record has it. @param location for people, for example {@code Observation/3117} */
        record Accepted(String location) implements Outcome {}

        /** The record could not be reached, or asks to come back later; nothing was stored. */
        record TryLater(String detail, Optional<Duration> after) implements Outcome {}

        /** No answer that tells; it may have arrived. */
        record Unknown(String detail) implements Outcome {}

        /** Not exactly one person in the record has the number. */
        record NoMatch(boolean several) implements Outcome {}

        /** The record says no; trying again would not help. @param words the record's own, or the status */
        record Refused(String words) implements Outcome {}

        /** The module is off; the row stays as it is. */
        record Off() implements Outcome {}
    }

    /** What a look gives. */
    sealed interface Finding {

        /** It had arrived. */
        record There(String location) implements Finding {}

        /** It had not. */
        record NotThere() implements Finding {}

        /** The record did not tell. */
        record NoAnswer(String detail) implements Finding {}
    }
}
