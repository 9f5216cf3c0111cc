// SPDX-License-Identifier: Apache-2.0
package org.sluse.audit;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One act on one object. When, by whom, from where and in which tenant is added by the host from the bound context. Holds ids, never names,
 * answers or scores.
 *
 * @param action what was done
 * @param objectType the kind of object in code's words, for example {@code VideoSession}
 * @param objectId its id, or {@code *} for a list
 * @param patient whom the object is about: the clinic's internal patient id; empty when it is about nobody in particular
 * @param outcome whether it was done or refused
 * @param objects how many objects it touched, 0 or more; empty: one, or as many as the collection has that the transaction gives back
 * @param reason why it was refused: a word of lower-case letters with dashes, for example {@code link-expired}; empty when it was done
 */
public record AuditEntry(AuditAction action, String objectType, String objectId, Optional<String> patient,
        Outcome outcome, Optional<Integer> objects, Optional<String> reason) {

    private static final Pattern REASON = Pattern.compile("[a-z]+(-[a-z]+)*");

    /** Whether the act was done. */
    public enum Outcome {
        DONE, REFUSED
    }

    public AuditEntry {
        if (objects.filter(count -> count < 0).isPresent()) {
            throw new IllegalArgumentException("An act touches 0 or more objects, not " + objects.get());
        }
        if (reason.filter(word -> !REASON.matcher(word).matches()).isPresent()) {
            throw new IllegalArgumentException(
                    "A reason is a word of lower-case letters with dashes, for example 'link-expired'");
        }
        if (reason.isPresent() && outcome == Outcome.DONE) {
            throw new IllegalArgumentException("What was done has no reason for a refusal: '" + reason.get() + "'");
        }
    }

    /** An entry that counts no objects and names no reason. */
    public AuditEntry(AuditAction action, String objectType, String objectId, Optional<String> patient,
            Outcome outcome) {
        this(action, objectType, objectId, patient, outcome, Optional.empty(), Optional.empty());
    }

    /** The act on one object, done. */
    public static AuditEntry of(AuditAction action, String objectType, String objectId) {
        return new AuditEntry(action, objectType, objectId, Optional.empty(), Outcome.DONE);
    }

    /** Reading one object. */
    public static AuditEntry read(String objectType, String objectId) {
        return of(AuditAction.READ, objectType, objectId);
    }

    /** Reading a list. */
    public static AuditEntry list(String objectType) {
        return of(AuditAction.READ, objectType, "*");
    }

    /** The same entry, about a patient. */
    public AuditEntry about(String patientId) {
        return new AuditEntry(action, objectType, objectId, Optional.of(patientId), outcome, objects, reason);
    }

    /** The same entry, with the number of objects that it touched. */
    public AuditEntry touching(int count) {
        return new AuditEntry(action, objectType, objectId, patient, outcome, Optional.of(count), reason);
    }

    /** The same entry, refused; {@link #refused(String)} also says why. */
    public AuditEntry refused() {
        return new AuditEntry(action, objectType, objectId, patient, Outcome.REFUSED, objects, reason);
    }

    /** The same entry, refused for this reason. */
    public AuditEntry refused(String why) {
        return new AuditEntry(action, objectType, objectId, patient, Outcome.REFUSED, objects, Optional.of(why));
    }
}
