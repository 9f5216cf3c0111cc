// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.sluse.data.DataMap;
import org.sluse.data.KeptCategory;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod;
import org.sluse.data.TenantDatabase;
import org.sluse.host.audit.RefusalLimit;
import org.sluse.host.config.HostSettings;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.key.RootKey;
import org.sluse.host.key.Vault;
import org.sluse.host.location.Location;
import org.sluse.host.log.LogKeeper;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.tenant.Binding;
import org.sluse.host.written.Written;
import org.sluse.plugin.PluginId;
import org.sluse.proof.LogSigner;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/**
 * Clinics with a plugin that keeps patients, on the embedded PostgreSQL of a node (fsync on), with the beans that serve them in a server, the keeper of their logs at work among them;
 * in this process and without HTTP.
 */
final class AuditedClinics implements AutoCloseable {

    /** The plugin. */
    static final PluginId PLUGIN = new PluginId("patients");

    /** Held, so that its level is. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private static final DataMap KEPT = DataMap.of(
            KeptTable.of("patient", "kept", new RetentionPeriod.Until("kept.until.measured"))
                    .plain(KeptCategory.NONE, "id", "name", "born"),
            KeptTable.of("chain", "kept", new RetentionPeriod.Until("kept.until.measured"))
                    .plain(KeptCategory.NONE, "id", "entry", "hash"),
            KeptTable.of("chain_head", "kept", new RetentionPeriod.Until("kept.until.measured"))
                    .plain(KeptCategory.NONE, "only_one", "hash"));

    private final Path data;
    private final Postgres postgres;
    private final LogKeeper keeper;
    private final Binding binding = new Binding();
    private final TenantDatabases databases;
    private final TenantDatabase audited;
    private final List<Tenant> clinics;

    /** @param count of clinics */
    AuditedClinics(int count) {
        FLYWAY.setLevel(Level.WARNING);
        try {
            data = Files.createTempDirectory("sluse-node");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        var clock = Clock.systemUTC();
        var written = new Written();
        // As ./sluse start sets them, but for the connections: a hundred clinics that are asked at the same time need more than one each (server-config/README.md).
        var settings = new HostSettings(data, URI.create("http://127.0.0.1:8080"), Optional.empty(), false, true, 170,
                "Frankfurt", data.resolve("witness"));
        var vault = Inside.make(Vault.class, Inside.make(RootKey.class, data, (Function<String, Object>) address -> {
            throw new IllegalStateException(address);
        }));
        var limit = Inside.make(RefusalLimit.class, clock);
        postgres = Inside.make(Postgres.class, settings, vault);
        var control = Inside.make(ControlDatabase.class, postgres, settings, clock, binding, vault, limit, written);
        var signer = LogSigner.make("sluse.example");
        var guard = Inside.make("org.sluse.host.log.LogGuard", signer, settings,
                Inside.make("org.sluse.host.log.LogAlarm", control));
        databases = Inside.make(TenantDatabases.class, postgres, (Function<Location, Postgres>) any -> postgres, vault,
                guard, (Function<PluginId, DataMap>) any -> KEPT);
        audited = Inside
                .make(DataPorts.class, new PluginRegistry(), databases, binding, clock, limit, written)
                .forPlugin(PLUGIN);
        keeper = Inside.make(LogKeeper.class, written, guard, signer, control, databases,
                (Predicate<TenantId>) any -> false, (Predicate<TenantId>) any -> false,
                Inside.make("org.sluse.host.log.LogSettings", Duration.ofMinutes(1)), clock);
        clinics = IntStream.rangeClosed(1, count)
                .mapToObj(one -> new Tenant(new TenantId("clinic-" + one), "Clinic " + one, "Frankfurt"))
                .toList();
        clinics.forEach(clinic -> {
            databases.create(clinic.id());
            databases.open(clinic.id(), PLUGIN);
        });
        keeper.start();
    }

    List<Tenant> clinics() {
        return clinics;
    }

    Binding binding() {
        return binding;
    }

    /** Of whichever clinic is bound, as a plugin has it. */
    TenantDatabase audited() {
        return audited;
    }

    TenantDatabases databases() {
        return databases;
    }

    /** How many rows a table of the plugin's has, or of the host's own, at these clinics. */
    long count(PluginId owner, String table, List<Tenant> at) {
        return at.stream()
                .mapToLong(clinic -> databases.lookUp(clinic.id(), owner,
                        handle -> handle.createQuery("select count(*) from " + table).mapTo(long.class).one()))
                .sum();
    }

    /** Whether each entry of these clinics has its place in its log. */
    boolean isLogged(List<Tenant> at) {
        return count(TenantDatabases.CORE, "audit", at) == count(TenantDatabases.CORE, "leaf", at);
    }

    @Override
    public void close() {
        Inside.call(keeper, "stop", "the end");
        Inside.call(postgres, "stop");
        Processes.delete(data);
    }
}
