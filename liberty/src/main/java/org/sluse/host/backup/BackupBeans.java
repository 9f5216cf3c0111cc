// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.ConfigProvider;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.key.Vault;
import org.sluse.id.Ids;

/** Makes what backups are made and brought up with. */
@OnePerNode
final class BackupBeans {

    @Produces
    @Singleton
    BackupSettings settings() {
        return BackupSettings.of(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
    }

    @Produces
    @Singleton
    BackupKeys keys(HostSettings host) {
        return BackupKeys.of(host.dataDirectory());
    }

    @Produces
    @Singleton
    Backups backups(BackupSettings settings, HostSettings host, BackupKeys keys, Vault vault,
            TenantDatabases databases, ControlDatabase control, BackupStore store, ObjectMapper json, Ids ids,
            Clock clock) {
        return new Backups(new Places(settings, host.dataDirectory()), settings, keys, installation(vault), databases,
                control, store, json, ids, clock);
    }

    @Produces
    @Singleton
    Restorations restorations(BackupKeys keys, Vault vault, TenantDatabases databases, ControlDatabase control,
            ObjectMapper json) {
        return new Restorations(keys, installation(vault), databases, control, json);
    }

    @Produces
    @Singleton
    Drills drills(Restorations restorations, BackupStore store, Clock clock) {
        return new Drills(restorations, store, clock);
    }

    @Produces
    @Singleton
    RestoreOrder order(HostSettings host, Restorations restorations, ObjectMapper json, Clock clock) {
        return new RestoreOrder(host.dataDirectory(), restorations, json, clock);
    }

    /** A value that only this root key makes and that says nothing about it. */
    static String installation(Vault vault) {
        return vault.derive("backups of this installation");
    }
}
