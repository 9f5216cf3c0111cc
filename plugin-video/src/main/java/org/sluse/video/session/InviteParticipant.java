// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.admission.Participant.Who;
import org.sluse.video.admission.ParticipantRole;

/**
 * Whom a practitioner wants in a session beside its patient.
 *
 * @param role PATIENT, RELATIVE, INTERPRETER or CO_HOST
 * @param label the clinic's own words for them, 1 to 80 characters; they never see them. Absent for a co-host
 * @param displayName how they are shown in the call until they choose themselves. Absent for a co-host
 * @param staffId a co-host in the clinic's list of people; absent for everybody else
 */
public record InviteParticipant(@Nullable String role, @Nullable String label, @Nullable String displayName,
        @Nullable String staffId) {

    /** The same, complete and within bounds. */
    record Plan(Who who, DisplayName name) {}

    Plan plan(Staff staff) {
        return switch (role == null ? "" : role) {
            case "PATIENT" -> guest(ParticipantRole.PATIENT);
            case "RELATIVE" -> guest(ParticipantRole.RELATIVE);
            case "INTERPRETER" -> guest(ParticipantRole.INTERPRETER);
            case "CO_HOST" -> coHost(staff);
            default -> throw ProblemException.notAllowed("/role", "not-a-choice",
                    "Nobody is invited in this role; right would be PATIENT, RELATIVE, INTERPRETER or CO_HOST");
        };
    }

    private Plan guest(ParticipantRole as) {
        var words = label == null ? "" : label;
        var name = displayName == null ? "" : displayName;
        var errors = new ArrayList<FieldError>();
        ScheduleSession.labelError("/label", words).ifPresent(errors::add);
        ScheduleSession.nameError(name).ifPresent(errors::add);
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.NOT_ALLOWED_VALUE, "Nobody can be invited like this; see errors",
                    List.copyOf(errors));
        }
        return new Plan(Who.guest(as, words.strip()), new DisplayName(name));
    }

    private Plan coHost(Staff staff) {
        var wanted = staffId == null ? "" : staffId;
        var member = staff.with(Role.PRACTITIONER)
                .stream()
                .filter(each -> each.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> ProblemException.notAllowed("/staffId", "not-a-choice",
                        "Nobody in the list of people who is a practitioner has this id; right would be one of those"));
        var shown = DisplayName.refusal(member.name()).isEmpty() ? member.name() : "Co-host";
        return new Plan(new Who(ParticipantRole.CO_HOST, member.name(), Optional.of(member.id())),
                new DisplayName(shown));
    }
}
