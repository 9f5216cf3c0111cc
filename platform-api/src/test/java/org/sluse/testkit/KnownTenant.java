// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import java.util.Set;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantContext;
import org.sluse.tenant.TenantId;

/** A tenant context that a test decides. */
public final class KnownTenant implements TenantContext {

    /** The clinic of the tests. */
    public static final Tenant CLINIC_NORTH = new Tenant(new TenantId("clinic-north"), "Clinic North", "Frankfurt");

    private volatile Actor actor = practitioner("practitioner-1");

    /** A practitioner with this id. */
    public static Actor practitioner(String id) {
        return new Actor(Actor.Kind.STAFF, id, Set.of(Role.PRACTITIONER));
    }

    /** From now on this actor acts. */
    public KnownTenant actingAs(Actor next) {
        actor = next;
        return this;
    }

    @Override
    public Tenant tenant() {
        return CLINIC_NORTH;
    }

    @Override
    public Actor actor() {
        return actor;
    }
}
