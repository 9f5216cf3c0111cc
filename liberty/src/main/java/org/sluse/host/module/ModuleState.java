// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.module;

import java.util.Optional;
import org.sluse.host.gate.InForce;
import org.sluse.host.gate.Restriction;
import org.sluse.host.gate.Wish;

/**
 * How a module stands at a clinic, the first reason that decides: what the clinic does not want is off, whatever the operator holds against it, unless it cannot work at all. Shown to its administrators and the operator; to everybody else whatever is not on does not
 * exist. {@code docs/adr/0017-states-of-a-module.md} has the picture.
 */
public enum ModuleState {
    /** Nothing of it exists for the clinic. */
    OFF,
    /** It is off, and something is missing before it can be on: a paper, a setting, something to accept, a second person. */
    PENDING,
    /** It is on. */
    ON,
    /** It is off, and a node whose lease is not over has yet to say so. */
    DRAINING,
    /** The clinic wants it on, and the operator has not rolled it out this far. */
    HELD_BACK,
    /** The clinic wants it on, and the operator has stopped it everywhere. */
    KILLED,
    /** It cannot work here: the server was started without its jar, or its tables cannot be brought up to date. The operator knows. */
    QUARANTINED;

    /**
     * The first that is true.
     *
     * @param wish what the clinic wants
     * @param restriction what the operator holds against it
     * @param isQuarantined whether it cannot work here, whatever anybody wants
     * @param isComplete whether nothing stands in the way of switching it on
     * @param inForce how far the last switch has come
     */
    static ModuleState of(Wish wish, Optional<Restriction> restriction, boolean isQuarantined, boolean isComplete,
            InForce inForce) {
        var isKilled = restriction.filter(one -> one.kind() == Restriction.Kind.KILLED).isPresent();
        if (wish == Wish.ON && isKilled) {
            return KILLED;
        }
        if (isQuarantined) {
            return QUARANTINED;
        }
        return switch (wish) {
            case ON -> restriction.isPresent() ? HELD_BACK : ON;
            case ASKED -> PENDING;
            case OFF -> inForce.isEverywhere() ? isComplete ? OFF : PENDING : DRAINING;
        };
    }
}
