// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/**
 * When a session is to be.
 *
 * @param startsAt RFC 3339, as in {@code 2026-11-23T10:30:00Z}; at most two years ahead, and not so long ago that it would be over
 * @param minutes planned length, 5 to 240
 */
public record SessionTime(@Nullable Instant startsAt, @Nullable Integer minutes) {

    private static final Duration FARTHEST = Duration.ofDays(730);

    /** The same, complete and within bounds. */
    record Plan(Instant startsAt, int minutes) {

        /** When a session at this time can no longer be entered. */
        Instant closesAt() {
            return startsAt.plus(Duration.ofMinutes(minutes)).plus(VideoSession.OVERTIME);
        }
    }

    /** @throws ProblemException with everything that is wrong */
    Plan plan(Instant now) {
        var errors = new ArrayList<FieldError>();
        return plan(now, errors).orElseThrow(() -> new ProblemException(Problem.NOT_ALLOWED_VALUE,
                "The session cannot be at this time; see errors", List.copyOf(errors)));
    }

    /** @param errors gets what is wrong: something exactly when there is no plan */
    Optional<Plan> plan(Instant now, List<FieldError> errors) {
        var wrong = new ArrayList<FieldError>();
        if (startsAt == null) {
            wrong.add(new FieldError("/startsAt", "required", "This is missing; right would be a value"));
        } else if (startsAt.isAfter(now.plus(FARTHEST))) {
            wrong.add(new FieldError("/startsAt", "too-far",
                    "The session would be in more than two years; right would be an earlier time"));
        }
        if (minutes == null || minutes < 5 || minutes > 240) {
            wrong.add(new FieldError("/minutes", "out-of-bounds",
                    "The length is out of bounds; right would be 5 to 240 minutes"));
        }
        if (startsAt == null || minutes == null || !wrong.isEmpty()) {
            errors.addAll(wrong);
            return Optional.empty();
        }
        var plan = new Plan(startsAt, minutes);
        if (!now.isBefore(plan.closesAt())) {
            errors.add(new FieldError("/startsAt", "in-the-past",
                    "The session would be over already; right would be a later time"));
            return Optional.empty();
        }
        return Optional.of(plan);
    }
}
