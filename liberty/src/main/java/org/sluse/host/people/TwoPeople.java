// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.people;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.people.Party.Kind;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.OperatorName;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/**
 * What one person alone may not do at the bound clinic, because nobody can undo it: one asks, another one confirms. One of both is an administrator of the clinic, unless it has none. Thread-safe; blocks.
 */
@OnePerNode
public final class TwoPeople {

    /** Until a question that nobody has confirmed counts no more. */
    public static final Duration PATIENCE = Duration.ofDays(14);

    private final People people;
    private final Binding binding;

    @Inject
    TwoPeople(People people, Binding binding) {
        this.people = people;
        this.binding = binding;
    }

    /** Who calls. @throws ProblemException {@code problem/not-allowed-value} for somebody of the operator's who does not say their name */
    public Party caller() {
        return binding.actor().kind() == Actor.Kind.OPERATOR
                ? new Party(Kind.OPERATOR, binding.operator()
                        .map(OperatorName::value)
                        .orElseThrow(() -> ProblemException.notAllowed("", "operator-unnamed",
                                "This takes two people, and you do not say who you are; right would be your name in the header "
                                        + OperatorName.HEADER)))
                : new Party(Kind.ADMINISTRATOR, binding.actor().id());
    }

    /** Whether the caller is this one; not when it is somebody of the operator's without a name. */
    public boolean isCaller(Party party) {
        return binding.actor().kind() == Actor.Kind.OPERATOR
                ? binding.operator()
                        .map(name -> new Party(Kind.OPERATOR, name.value()))
                        .filter(party::equals)
                        .isPresent()
                : party.equals(caller());
    }

    /** What people read of somebody: the name in the clinic's list, or what they call themselves; the id of who is in the list no more. */
    public String name(Party party) {
        return party.kind() == Kind.OPERATOR
                ? party.id()
                : people.find(party.id()).map(Staff.Member::name).orElse(party.id());
    }

    /** Whether somebody at the clinic can ask. */
    public boolean hasAdministrator() {
        return !administrators().isEmpty();
    }

    /**
     * Comes back when the caller may confirm what somebody has asked for.
     *
     * @return who calls
     * @throws ProblemException {@code problem/conflict} when the caller is no second person
     */
    public Party second(Party first) {
        var second = caller();
        var administrators = administrators();
        if (second.equals(first)) {
            throw refused("second-person-same",
                    "Who asked cannot confirm it; right would be another administrator of the clinic, or the operator");
        }
        if (first.kind() == Kind.ADMINISTRATOR && !administrators.contains(first.id())) {
            throw refused("second-person-gone",
                    "Who asked is no administrator of the clinic any more; right would be to withdraw it, and to ask anew");
        }
        if (first.kind() == Kind.OPERATOR && second.kind() == Kind.OPERATOR && !administrators.isEmpty()) {
            throw refused("second-person-of-clinic",
                    "One of both has to be an administrator of the clinic; right would be that one of them asks or confirms");
        }
        return second;
    }

    private List<String> administrators() {
        return people.with(Role.ADMINISTRATOR).stream().map(Staff.Member::id).toList();
    }

    private static ProblemException refused(String code, String why) {
        return new ProblemException(Problem.CONFLICT, why, List.of(new FieldError("", code, why)));
    }
}
