// SPDX-License-Identifier: Apache-2.0
package org.sluse.actor;

/** What an actor may do in a tenant. A person of the clinic may have several. */
public enum Role {
    /** Runs the installation; sees no health data. */
    OPERATOR,
    /** Switches modules, keeps the list of people, reads register, ledger and audit. */
    ADMINISTRATOR,
    /** Treats patients; sees those whom they treat. */
    PRACTITIONER,
    /** Holds a one-time link for exactly one object (an invitation, a questionnaire). */
    LINK_HOLDER,
    /** Nobody has been authenticated. For the exchange of a link and the like. */
    ANYONE
}
