// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jdbi.v3.core.Handle;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.google.GoogleAccess;
import org.sluse.host.key.Vault;
import org.sluse.host.location.Location;
import org.sluse.host.location.Locations;
import org.sluse.host.log.Logs;
import org.sluse.host.outgoing.PersistentHttp;
import org.sluse.host.register.Register;
import org.sluse.id.Ids;
import org.sluse.tenant.TenantId;

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
    Places places(BackupSettings settings, HostSettings host, PersistentHttp http, GoogleAccess google,
            Locations locations, Clock clock, Ids ids) {
        Function<String, Optional<String>> set = name -> ConfigProvider.getConfig()
                .getOptionalValue(name, String.class);
        var clouds = new Clouds(set, http, google, clock, ids);
        return new Places(settings, host.dataDirectory(), clouds::at, address -> locations.checkCloud(address, set));
    }

    @Produces
    @Singleton
    Backups backups(BackupSettings settings, Places places, BackupKeys keys, Vault vault,
            TenantDatabases databases, ControlDatabase control, BackupStore store, Logs logs, ObjectMapper json,
            Ids ids,
            Clock clock) {
        return new Backups(places, settings, keys, installation(vault), databases,
                control, store, logs::isAltered, json, ids, clock);
    }

    @Produces
    @Singleton
    Restorations restorations(BackupKeys keys, Vault vault, TenantDatabases databases, ControlDatabase control,
            ObjectMapper json, Locations locations, Register register) {
        return new Restorations(keys, installation(vault), databases, control, json,
                (handle, clinic) -> arrive(handle, clinic, locations.own(), register));
    }

    @Produces
    @Singleton
    Drills drills(Restorations restorations, BackupStore store, Clock clock) {
        return new Drills(restorations, store, clock);
    }

    @Produces
    @Singleton
    RestoreOrder order(HostSettings host, Places places, Restorations restorations, ObjectMapper json, Clock clock) {
        return new RestoreOrder(host.dataDirectory(), places, restorations, json, clock);
    }

    /** A clinic is where it is restored, whatever its backup says. */
    private static void arrive(Handle handle, TenantId clinic, Location here, Register register) {
        var was = handle.createQuery("select location from tenant where id = :id")
                .bind("id", clinic.value())
                .mapTo(String.class)
                .one();
        if (!here.is(was)) {
            handle.createUpdate("update tenant set location = :location where id = :id")
                    .bind("location", here.name())
                    .bind("id", clinic.value())
                    .execute();
            register.place(handle, clinic, here.name());
        }
    }

    /** A value that only this root key makes and that says nothing about it. */
    static String installation(Vault vault) {
        return vault.derive("backups of this installation");
    }
}
