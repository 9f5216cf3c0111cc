// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.settings;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.GateKeeper;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;
import org.sluse.settings.Settings;
import org.sluse.tenant.TenantId;

/** Settings of the bound tenant. What has been read is kept until the revision changes, on every node. Thread-safe. */
@OnePerNode
public final class SettingsStore {

    private final ControlDatabase control;
    private final DataPorts data;
    private final PluginRegistry plugins;
    private final Binding binding;
    private final TenantDatabases databases;
    private final Gate gate;
    private final GateKeeper gateKeeper;
    private final Clock clock;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    private record Key(TenantId tenant, PluginId plugin) {}

    private record Kept(long revision, Record settings) {}

    @Inject
    SettingsStore(ControlDatabase control, DataPorts data, PluginRegistry plugins, Binding binding,
            TenantDatabases databases,
            Gate gate, GateKeeper gateKeeper,
            Clock clock) {
        this.control = control;
        this.data = data;
        this.plugins = plugins;
        this.binding = binding;
        this.databases = databases;
        this.gate = gate;
        this.gateKeeper = gateKeeper;
        this.clock = clock;
    }

    /** Its settings, which may be secret, are nothing that this node has to know any more. */
    void gone(@Observes GateKeeper.Placed change) {
        kept.keySet().removeIf(key -> key.tenant().equals(change.clinic()));
    }

    /** What is in force where a clinic has set nothing. */
    public static <S extends Record> S defaults(Plugin<S> plugin) {
        return SettingsForm.of(plugin.settingsType()).read(Map.of());
    }

    /** What is in force for the bound tenant. */
    public <S extends Record> S get(Plugin<S> plugin) {
        var key = new Key(binding.tenant().id(), plugin.id());
        var revision = gate.revision();
        var known = kept.get(key);
        if (known == null || known.revision() != revision) {
            known = new Kept(revision, SettingsForm.of(plugin.settingsType()).read(values(plugin.id())));
            kept.put(key, known);
        }
        return plugin.settingsType().cast(known.settings());
    }

    /** The number that is in force for the bound tenant, and never more than the setting allows by now. */
    public int number(Plugin<?> plugin, String setting) {
        return SettingsForm.of(plugin.settingsType()).number(values(plugin.id()), setting);
    }

    /** The plain values that the clinic has set, by name; what it has not set is absent. */
    Map<String, String> values(PluginId plugin) {
        var stored = database().inTransaction(AuditEntry.read("Settings", plugin.value()),
                tx -> tx.handle()
                        .createQuery("select name, value from setting where plugin = :plugin")
                        .bind("plugin", plugin.value())
                        .reduceRows(new HashMap<String, String>(), (map, row) -> {
                            map.put(row.getColumn("name", String.class), row.getColumn("value", String.class));
                            return map;
                        }));
        var plain = new HashMap<String, String>();
        var sealing = databases.sealing(binding.tenant().id());
        stored.forEach((name, cipher) -> sealing.decrypt(cipher, bound(plugin, name))
                .ifPresent(value -> plain.put(name, value)));
        return plain;
    }

    /**
     * Sets values; what is not named stays as it is, the empty string goes back to the default.
     *
     * <p>They are in the clinic's database, and the revision by which each node notices is in the control database. It is taken when the values are there, so that no
     * node reads the old ones under it, and so that a clinic's database that hangs keeps nobody else from switching anything. A control database that is away is met before
     * anything is set; one that dies in between leaves values that are in force at the next revision.
     *
     * @throws org.sluse.problem.ProblemException {@code problem/not-allowed-value} with an error for each value that is not allowed; nothing is set then
     */
    public <S extends Record> void set(Plugin<S> plugin, Map<String, String> changes) {
        SettingsForm.of(plugin.settingsType()).check(changed(plugin, changes));
        control.read(ControlDatabase::revision);
        write(plugin, changes);
        control.inTransaction("CHANGE", "Settings", binding.tenant().id() + "/" + plugin.id(),
                ControlDatabase::nextRevision);
        gateKeeper.refresh();
    }

    private void write(Plugin<?> plugin, Map<String, String> changes) {
        var sealing = databases.sealing(binding.tenant().id());
        database().inTransaction(AuditEntry.of(AuditAction.CHANGE, "Settings", plugin.id().value()), tx -> {
            changes.forEach((name, value) -> {
                tx.handle()
                        .createUpdate("delete from setting where plugin = :plugin and name = :name")
                        .bind("plugin", plugin.id().value())
                        .bind("name", name)
                        .execute();
                if (!value.isBlank()) {
                    tx.handle()
                            .createUpdate(
                                    "insert into setting (plugin, name, value) values (:plugin, :name, :value) on conflict (plugin, name) do update set value = excluded.value")
                            .bind("plugin", plugin.id().value())
                            .bind("name", name)
                            .bind("value", sealing.encrypt(value.strip(), bound(plugin.id(), name)))
                            .execute();
                }
            });
            return true;
        });
    }

    /** What would be in force after {@link #set}, which says what is refused. */
    public <S extends Record> S preview(Plugin<S> plugin, Map<String, String> changes) {
        var form = SettingsForm.of(plugin.settingsType());
        var values = changed(plugin, changes);
        form.check(values);
        return form.read(values);
    }

    private Map<String, String> changed(Plugin<?> plugin, Map<String, String> changes) {
        var values = new HashMap<>(values(plugin.id()));
        changes.forEach((name, value) -> {
            if (value.isBlank()) {
                values.remove(name);
            } else {
                values.put(name, value.strip());
            }
        });
        return values;
    }

    /** What administrators of the bound tenant have accepted for the plugin. */
    public Set<String> accepted(PluginId plugin) {
        return new HashSet<>(database().inTransaction(AuditEntry.read("Acknowledgement", plugin.value()),
                tx -> tx.handle()
                        .createQuery("select name from acknowledgement where plugin = :plugin")
                        .bind("plugin", plugin.value())
                        .mapTo(String.class)
                        .list()));
    }

    /** Keeps that the bound actor has accepted it. */
    public void accept(PluginId plugin, String acknowledgement) {
        database().inTransaction(
                AuditEntry.of(AuditAction.CREATE, "Acknowledgement", plugin.value() + "/" + acknowledgement),
                tx -> tx.handle()
                        .createUpdate(
                                "insert into acknowledgement (plugin, name, at, staff) values (:plugin, :name, :at, :staff) on conflict do nothing")
                        .bind("plugin", plugin.value())
                        .bind("name", acknowledgement)
                        .bind("at", clock.instant())
                        .bind("staff", binding.actor().id())
                        .execute());
    }

    private String bound(PluginId plugin, String name) {
        return "setting|" + binding.tenant().id() + "|" + plugin + "|" + name;
    }

    private TenantDatabase database() {
        return data.forPlugin(TenantDatabases.CORE);
    }

    @Produces
    @Dependent
    <S extends Record> Settings<S> settings(InjectionPoint point) {
        var asking = PluginRegistry.asking(point);
        return () -> {
            var owner = plugins.owner(asking);
            var plugin = plugins.find(owner.value())
                    .orElseThrow(
                            () -> new IllegalStateException("Only a plugin has settings; " + asking + " is in none"));
            @SuppressWarnings("unchecked")
            var own = (Plugin<S>) plugin.plugin();
            return get(own);
        };
    }
}
