// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.secret;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.actor.Actor;
import org.sluse.host.key.Vault;
import org.sluse.host.key.Vaults;
import org.sluse.plugin.PluginId;
import org.sluse.secret.SealBrokenException;
import org.sluse.secret.Secrets;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantContext;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.SecretsContract;

class SealedSecretsTest extends SecretsContract {

    @TempDir
    private Path folder;

    @Override
    protected Secrets of(Tenant tenant, String plugin) {
        return of(tenant, plugin, Vaults.in(folder.resolve("one")));
    }

    @Test
    void what_another_installation_has_sealed_does_not_open() {
        var sealed = of(KnownTenant.CLINIC_NORTH, "alpha").seal("key", new byte[]{1});
        var elsewhere = of(KnownTenant.CLINIC_NORTH, "alpha", Vaults.in(folder.resolve("other")));

        assertThatThrownBy(() -> elsewhere.open("key", sealed)).isInstanceOf(SealBrokenException.class);
    }

    private static Secrets of(Tenant tenant, String plugin, Vault vault) {
        return new SealedSecrets(() -> new PluginId(plugin), any -> vault, new TenantContext() {
            @Override
            public Tenant tenant() {
                return tenant;
            }

            @Override
            public Actor actor() {
                return Actor.anonymous();
            }
        });
    }
}
