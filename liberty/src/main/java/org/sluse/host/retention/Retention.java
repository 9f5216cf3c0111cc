// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.retention;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.DataMap;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod;
import org.sluse.data.RetentionPeriod.After;
import org.sluse.data.RetentionPeriod.AsSet;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.HostTables;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.plugin.PluginRegistry.Installed;
import org.sluse.host.settings.SettingsStore;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;

/**
 * Deletes what the data maps say has been kept for long enough, at the bound tenant and in the control database, and destroys the keys of persons of whom nothing is left. The one place that does: no module has a timer for it, so that what a module kept goes also
 * where the module is off. Thread-safe; blocks.
 */
@OnePerNode
final class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class.getName());

    private final Function<PluginId, DataMap> maps;
    private final List<PluginId> plugins;
    private final DataPorts data;
    private final ControlDatabase control;
    private final Binding binding;
    private final SetDays settings;
    private final Clock clock;

    /** How many days the bound tenant's setting says. */
    interface SetDays {

        int of(PluginId plugin, String setting);
    }

    /** Rows of a table that were there before {@code before}. */
    private record Due(String table, String since, Instant before) {}

    @Inject
    Retention(PluginRegistry plugins, TenantDatabases databases, DataPorts data, ControlDatabase control,
            Binding binding, SettingsStore settings, Clock clock) {
        this(plugins.all().stream().map(Installed::id).toList(), databases::dataMap, data, control, binding,
                (plugin, setting) -> settings.number(plugins.find(plugin.value()).orElseThrow().plugin(), setting),
                clock);
    }

    /**
     * @param plugins all that are in the server
     * @param maps everything that a plugin's schema stores
     */
    Retention(List<PluginId> plugins, Function<PluginId, DataMap> maps, DataPorts data, ControlDatabase control,
            Binding binding, SetDays settings, Clock clock) {
        this.plugins = plugins;
        this.maps = maps;
        this.data = data;
        this.control = control;
        this.binding = binding;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Deletes. A module whose tables are out of reach keeps no other from it. Warns of those whose jar is gone, for with it went the word of how long their rows are kept.
     *
     * @throws IllegalStateException when something could not be deleted; what could, is
     */
    void run() {
        var failed = Stream.concat(Stream.of(TenantDatabases.CORE), plugins.stream().filter(data::hasTables))
                .filter(plugin -> !isDone(plugin))
                .map(PluginId::value)
                .collect(Collectors.joining(", "));
        // They belong to no clinic; a row of the operator's log would name the one whose night it is.
        binding.run(binding.actor(), this::deleteOfOperators);
        warnOfRemains();
        if (!failed.isEmpty()) {
            throw new IllegalStateException("What is over could not be deleted in: " + failed);
        }
    }

    private boolean isDone(PluginId plugin) {
        try {
            due(plugin).forEach(due -> delete(plugin, due));
            if (!plugin.equals(TenantDatabases.CORE)) {
                data.forget(plugin, List.of());
            }
            return true;
        } catch (RuntimeException unreachable) {
            LOG.log(Level.WARNING, "retention-failed plugin={0} cause={1}",
                    new Object[]{plugin, unreachable.getClass().getName()});
            return false;
        }
    }

    private List<Due> due(PluginId plugin) {
        return maps.apply(plugin).tables().stream().flatMap(table -> due(plugin, table).stream()).toList();
    }

    private Optional<Due> due(PluginId plugin, KeptTable table) {
        return switch (table.retention()) {
            case After after -> Optional.of(due(table, after.since(), after.days()));
            case AsSet set -> Optional.of(due(table, set.since(), settings.of(plugin, set.setting())));
            case RetentionPeriod.With _,RetentionPeriod.Until _ -> Optional.empty();
        };
    }

    private Due due(KeptTable table, String since, int days) {
        return new Due(table.name(), since, clock.instant().minus(Duration.ofDays(days)));
    }

    /** Looks first, so that a night in which nothing is over leaves nothing in the trail. */
    private void delete(PluginId plugin, Due due) {
        var tables = data.forPlugin(plugin);
        if (data.lookUp(plugin, handle -> isThere(handle, due))) {
            tables.inTransaction(AuditEntry.of(AuditAction.DELETE, objectType(due.table()), "*"),
                    tx -> rows(tx.handle(), due));
        }
    }

    private static boolean isThere(Handle handle, Due due) {
        return handle.createQuery("select exists (select 1 from " + condition(due) + ")")
                .bind("before", due.before())
                .mapTo(boolean.class)
                .one();
    }

    /** @return an element for each row that was deleted: the entry counts them */
    private static List<Integer> rows(Handle handle, Due due) {
        return handle.createQuery("delete from " + condition(due) + " returning 1")
                .bind("before", due.before())
                .mapTo(int.class)
                .list();
    }

    /** Names of a data map have a form that needs no more than quotes. */
    private static String condition(Due due) {
        return "\"" + due.table() + "\" where \"" + due.since() + "\" < :before";
    }

    private void deleteOfOperators() {
        HostTables.CONTROL.tables()
                .stream()
                .flatMap(table -> due(TenantDatabases.CORE, table).stream())
                .forEach(due -> {
                    if (control.read(handle -> isThere(handle, due))) {
                        control.inTransaction(Act.of("DELETE", objectType(due.table()), "*"),
                                handle -> rows(handle, due));
                    }
                });
    }

    private void warnOfRemains() {
        data.withTables()
                .stream()
                .filter(plugin -> !plugins.contains(plugin))
                .forEach(plugin -> LOG.log(Level.WARNING, "retention-without-plugin tenant={0} plugin={1}",
                        new Object[]{binding.tenant().id().value(), plugin}));
    }

    /** In code's words: {@code one_time_link} is a OneTimeLink. */
    private static String objectType(String table) {
        return Arrays.stream(table.split("_"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
