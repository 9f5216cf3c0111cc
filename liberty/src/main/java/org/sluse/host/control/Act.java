// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.control;

import java.util.Optional;
import org.sluse.tenant.TenantId;

/**
 * Something that is done to the platform, as the operator's log has it.
 *
 * @param action what, a word in capitals, for example {@code KILL}
 * @param objectType the kind of object in code's words, for example {@code Plugin}
 * @param objectId its id; never a name
 * @param tenant the clinic that it touches; empty for the one that is bound, or for none
 * @param told whether the clinic's own audit trail has to be told of it, because nothing else writes it there
 */
public record Act(String action, String objectType, String objectId, Optional<TenantId> tenant, boolean told) {

    /** An act on a plugin touches each clinic that wants it, and each is told. */
    static final String PLUGIN = "Plugin";

    /** An act that touches the bound clinic, or none. */
    public static Act of(String action, String objectType, String objectId) {
        return new Act(action, objectType, objectId, Optional.empty(), false);
    }

    /** The same act; it touches this clinic. */
    public Act at(TenantId clinic) {
        return new Act(action, objectType, objectId, Optional.of(clinic), told);
    }

    /** The same act; it touches this clinic, whose trail is told of it. */
    public Act toldTo(TenantId clinic) {
        return new Act(action, objectType, objectId, Optional.of(clinic), true);
    }
}
