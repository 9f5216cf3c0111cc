// SPDX-License-Identifier: Apache-2.0
package org.sluse.tenant;

import org.sluse.actor.Actor;

/**
 * Whose data is touched now, and who acts. Bound by the host for the request, the socket message, the timer run and the
 * FHIR call alike; a thread that a plugin starts by itself has none.
 *
 * <p>Thread-safe: it answers for the calling thread.
 */
public interface TenantContext {

    /** @throws IllegalStateException when the calling thread works for no tenant */
    Tenant tenant();

    /** @throws IllegalStateException when the calling thread works for no tenant */
    Actor actor();
}
