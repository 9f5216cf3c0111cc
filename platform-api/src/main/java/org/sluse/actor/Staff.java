// SPDX-License-Identifier: Apache-2.0
package org.sluse.actor;

import java.util.List;
import java.util.Optional;

/** The clinic's list of people, for the bound tenant. Reads only; thread-safe; may block on the database. */
public interface Staff {

    /**
     * A person who works at the clinic.
     *
     * @param id as in {@link Actor#id()}
     * @param name the name colleagues read
     */
    record Member(String id, String name) {}

    /** The person with this id, or empty when nobody in the list (any more) has it. */
    Optional<Member> find(String id);

    /** Everybody who has the role, by name. */
    List<Member> with(Role role);
}
