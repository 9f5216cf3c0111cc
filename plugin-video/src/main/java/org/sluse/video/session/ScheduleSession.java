// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.video.admission.DisplayName;

/**
 * What a practitioner asks for.
 *
 * @param startsAt as of {@link SessionTime}, as {@code minutes} is
 * @param patientLabel the clinic's own words for the patient, 1 to 80 characters; the patient never sees them
 * @param displayName how the patient is shown in the call until they choose themselves
 */
public record ScheduleSession(@Nullable Instant startsAt, @Nullable Integer minutes, @Nullable String patientLabel,
        @Nullable String displayName) {

    private static final int LONGEST_LABEL = 80;

    /** The same, complete and within bounds. */
    record Plan(SessionTime.Plan when, String patientLabel, DisplayName displayName) {}

    Plan plan(Instant now) {
        var errors = new ArrayList<FieldError>();
        var when = new SessionTime(startsAt, minutes).plan(now, errors);
        labelError("/patientLabel", patientLabel == null ? "" : patientLabel).ifPresent(errors::add);
        var name = displayName == null ? "" : displayName;
        nameError(name).ifPresent(errors::add);
        if (when.isEmpty() || patientLabel == null || !errors.isEmpty()) {
            throw new ProblemException(Problem.NOT_ALLOWED_VALUE, "The session cannot be planned like this; see errors",
                    List.copyOf(errors));
        }
        return new Plan(when.get(), patientLabel.strip(), new DisplayName(name));
    }

    /** What is wrong with the clinic's words for somebody, if anything is. */
    static Optional<FieldError> labelError(String pointer, String label) {
        if (label.isBlank()) {
            return Optional.of(required(pointer));
        }
        return label.strip().length() > LONGEST_LABEL
                ? Optional.of(new FieldError(pointer, "too-long",
                        "The label is too long; right would be at most 80 characters"))
                : Optional.empty();
    }

    /** What is wrong with a display name, if anything is. */
    static Optional<FieldError> nameError(String name) {
        return DisplayName.refusal(name.strip())
                .map(code -> new FieldError("/displayName", code,
                        "The display name is refused; right would be a first name or initials, 1 to 64 characters"));
    }

    private static FieldError required(String pointer) {
        return new FieldError(pointer, "required", "This is missing; right would be a value");
    }
}
