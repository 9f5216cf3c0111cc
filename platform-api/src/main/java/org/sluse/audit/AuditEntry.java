// SPDX-License-Identifier: Apache-2.0
package org.sluse.audit;

import java.util.Optional;

/**
 * One act on one object. When, by whom and in which tenant is added by the host from the bound context. Holds ids, never names,
 * answers or scores.
 *
 * @param action what was done
 * @param objectType the kind of object in code's words, for example {@code VideoSession}
 * @param objectId its id, or {@code *} for a list
 * @param patient whom the object is about: the clinic's internal patient id; empty when it is about nobody in particular
 * @param outcome whether it was done or refused
 */
public record AuditEntry(AuditAction action, String objectType, String objectId, Optional<String> patient,
        Outcome outcome) {

    /** Whether the act was done. */
    public enum Outcome {
        DONE, REFUSED
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
        return new AuditEntry(action, objectType, objectId, Optional.of(patientId), outcome);
    }

    /** The same entry, refused. */
    public AuditEntry refused() {
        return new AuditEntry(action, objectType, objectId, patient, Outcome.REFUSED);
    }
}
