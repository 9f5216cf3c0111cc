// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A delivery as people read it. {@code reason} and {@code what} are keys of texts; {@code heldBack}: an earlier one of the patient is parked;
 * {@code form}: the assessment is of a form of the clinic's own; {@code sentNumber}: the patient's number that it was last sent with.
 */
public record DeliveryView(String id, String assessment, boolean form, PatientLine patient, String instrument,
        String state,
        boolean heldBack,
        Optional<String> reason, int attempts,
        Instant nextAttempt, Optional<String> sentNumber, Optional<String> location, Instant at, List<EventView> life) {

    /** Who it is about. */
    public record PatientLine(String id, String number, String name) {}

    /** Something that happened. */
    public record EventView(Instant at, String what, Optional<String> detail) {}

    static DeliveryView of(Deliveries.Shown shown) {
        var one = shown.delivery();
        var patient = shown.patient();
        return new DeliveryView(one.id().toString(), one.assessment().toString(), shown.about().isForm(),
                new PatientLine(patient.id().toString(), patient.number(), patient.name()),
                shown.about().title(), one.state().name(), shown.heldBack(), one.reason(),
                one.attempts(),
                one.nextAttempt(), one.sentNumber(), one.location(),
                shown.about().completedAt().orElse(one.nextAttempt()),
                one.life().stream().map(event -> new EventView(event.at(), event.what(), event.detail())).toList());
    }
}
