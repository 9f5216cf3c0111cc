// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import java.util.HashMap;
import java.util.Map;
import org.sluse.actor.Actor;
import org.sluse.secret.Secrets;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantContext;

class SecretsByHandTest extends SecretsContract {

    private final Map<String, SecretsByHand> ofPlugins = new HashMap<>();
    private Tenant bound = KnownTenant.CLINIC_NORTH;

    @Override
    protected Secrets of(Tenant tenant, String plugin) {
        bound = tenant;
        return ofPlugins.computeIfAbsent(plugin, any -> new SecretsByHand(new TenantContext() {
            @Override
            public Tenant tenant() {
                return bound;
            }

            @Override
            public Actor actor() {
                return Actor.anonymous();
            }
        }));
    }
}
