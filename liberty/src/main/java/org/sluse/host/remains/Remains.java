// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.remains;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.Toggles;
import org.sluse.host.gate.Wish;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** Data of plugins that are not in the server, in the database of the bound clinic. Each act is in the clinic's audit trail. Thread-safe; blocks. */
@OnePerNode
public final class Remains {

    private static final String OBJECT = "Remains";

    private final PluginRegistry plugins;
    private final DataPorts data;
    private final ControlDatabase control;
    private final Binding binding;
    private final Toggles toggles;

    /**
     * What is left of one plugin.
     *
     * @param plugin its id
     * @param rows how many rows each table has, by its name
     */
    public record Remain(PluginId plugin, SortedMap<String, Long> rows) {}

    @Inject
    Remains(PluginRegistry plugins, DataPorts data, ControlDatabase control, Binding binding, Toggles toggles) {
        this.plugins = plugins;
        this.data = data;
        this.control = control;
        this.binding = binding;
        this.toggles = toggles;
    }

    /** What is left, by plugin; empty when every plugin that has tables here is in the server. */
    public List<Remain> all() {
        return asOwner(AuditEntry.list(OBJECT), Remains::read).stream()
                .filter(one -> plugins.find(one.plugin().value()).isEmpty())
                .toList();
    }

    /**
     * Writes a zip with a file {@code <table>.csv} for each table, its name percent-encoded so that it stays in the folder where one unpacks it: UTF-8, the names of the columns in the first line, as {@code COPY} of PostgreSQL writes it.
     *
     * @throws ProblemException {@code problem/not-found} when nothing is left of it, or it is in the server
     */
    public void export(PluginId plugin, OutputStream target) {
        var tables = require(plugin).rows().keySet();
        asOwner(AuditEntry.read(OBJECT, plugin.value()), handle -> {
            try (var zip = new ZipOutputStream(target)) {
                var copying = handle.getConnection().unwrap(PGConnection.class).getCopyAPI();
                for (var table : tables) {
                    zip.putNextEntry(new ZipEntry(URLEncoder.encode(table, StandardCharsets.UTF_8) + ".csv"));
                    copying.copyOut("copy " + named(plugin, table) + " to stdout with (format csv, header)", zip);
                    zip.closeEntry();
                }
                return true;
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            } catch (SQLException unreadable) {
                throw new IllegalStateException("The tables of '" + plugin + "' cannot be copied", unreadable);
            }
        });
    }

    /**
     * Switches it off and erases its tables, what the clinic has set and accepted for it, and its links. In the operator's log, too.
     *
     * @throws ProblemException {@code problem/not-found} when nothing is left of it, or it is in the server
     */
    public void erase(PluginId plugin) {
        require(plugin);
        // Off first, so that a jar that comes back finds itself switched off, and another node that has it stops now.
        toggles.set(binding.tenant().id(), plugin, Wish.OFF);
        control.inTransaction("DELETE", OBJECT, binding.tenant().id() + "/" + plugin,
                _ -> asOwner(AuditEntry.of(AuditAction.DELETE, OBJECT, plugin.value()), handle -> {
                    handle.execute("drop schema \"" + plugin + "\" cascade");
                    handle.execute(TenantDatabases.enter(binding.tenant().id(), TenantDatabases.CORE));
                    handle.execute("delete from core.setting where plugin = ?", plugin.value());
                    handle.execute("delete from core.acknowledgement where plugin = ?", plugin.value());
                    return true;
                }));
    }

    private Remain require(PluginId plugin) {
        return all().stream()
                .filter(one -> one.plugin().equals(plugin))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "There is nothing left of a plugin '"
                        + plugin
                        + "' at this clinic, or the plugin is in the server; right would be one that 'remains list' shows"));
    }

    /** As the clinic's login, which owns the schema of every plugin: the role of a plugin ends with its jar. */
    private <T> T asOwner(AuditEntry entry, Function<Handle, T> work) {
        return data.forPlugin(TenantDatabases.CORE).inTransaction(entry, tx -> {
            tx.handle().execute("reset role");
            var result = work.apply(tx.handle());
            // The entry is the host's own to write.
            tx.handle().execute(TenantDatabases.enter(binding.tenant().id(), TenantDatabases.CORE));
            return result;
        });
    }

    private static List<Remain> read(Handle handle) {
        Map<PluginId, SortedMap<String, Long>> found = new TreeMap<>(java.util.Comparator.comparing(PluginId::value));
        handle.createQuery(TenantDatabases.TABLES_OF_PLUGINS)
                .map((row, context) -> Map.entry(new PluginId(row.getString(1)), row.getString(2)))
                .list()
                .forEach(table -> found.computeIfAbsent(table.getKey(), _ -> new TreeMap<>())
                        .put(table.getValue(), handle
                                .createQuery("select count(*) from " + named(table.getKey(), table.getValue()))
                                .mapTo(long.class)
                                .one()));
        return found.entrySet().stream().map(one -> new Remain(one.getKey(), one.getValue())).toList();
    }

    private static String named(PluginId plugin, String table) {
        return "\"" + plugin + "\".\"" + table.replace("\"", "\"\"") + "\"";
    }
}
