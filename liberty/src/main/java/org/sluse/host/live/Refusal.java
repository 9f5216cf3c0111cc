// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.sluse.live.CloseCode;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** With which code a socket closes when a message of it failed. */
final class Refusal {

    /** Connection exception, insufficient resources, operator intervention: the database is away, and not the message wrong (PostgreSQL, Appendix A). */
    private static final Set<String> AWAY = Set.of("08", "53", "57");

    private Refusal() {
    }

    /** @param otherwise for what the message itself is refused for, and for a fault of ours: a page may try again, and not for ever */
    static CloseCode code(RuntimeException failure, CloseCode otherwise) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isAway(cause)) {
                return CloseCode.TRY_AGAIN_LATER;
            }
        }
        return otherwise;
    }

    private static boolean isAway(Throwable cause) {
        return switch (cause) {
            case ProblemException told -> told.problem().equals(Problem.UNAVAILABLE);
            case SQLException database -> Optional.ofNullable(database.getSQLState())
                    .filter(state -> state.length() == 5 && AWAY.contains(state.substring(0, 2)))
                    .isPresent();
            default -> false;
        };
    }
}
