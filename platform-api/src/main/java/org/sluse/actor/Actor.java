// SPDX-License-Identifier: Apache-2.0
package org.sluse.actor;

import java.util.Set;

/**
 * A person or system that acts (FHIR AuditEvent.agent): kind, id and roles, never a name.
 *
 * @param kind what acts
 * @param id for staff the id in the clinic's list of people; for a link holder the id of the object that the link is for;
 *            for a timer its name
 * @param roles what the actor may do in the bound tenant
 */
public record Actor(Kind kind, String id, Set<Role> roles) {

    /** What can act. */
    public enum Kind {
        /** A person in the clinic's list of people, signed in through the clinic's identity provider. */
        STAFF,
        /** Whoever holds a one-time link: a patient, a relative, an interpreter. */
        LINK_HOLDER,
        /** Another system with credentials of its own, for example an EPR. */
        SYSTEM,
        /** The operator of the installation. */
        OPERATOR,
        /** Somebody not yet known, for example while exchanging a link. */
        ANONYMOUS,
        /** The host itself, running a timer. */
        TIMER
    }

    public Actor {
        roles = Set.copyOf(roles);
    }

    /** Nobody in particular. */
    public static Actor anonymous() {
        return new Actor(Kind.ANONYMOUS, "anonymous", Set.of(Role.ANYONE));
    }

    /** The holder of a link that was issued for the object {@code objectId}. */
    public static Actor linkHolder(String objectId) {
        return new Actor(Kind.LINK_HOLDER, objectId, Set.of(Role.ANYONE, Role.LINK_HOLDER));
    }

    /** The named timer of a plugin. */
    public static Actor timer(String name) {
        return new Actor(Kind.TIMER, name, Set.of());
    }

    /** Whether the actor has the role. */
    public boolean is(Role role) {
        return roles.contains(role);
    }
}
