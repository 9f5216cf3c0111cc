// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sluse.host.backup.Manifest.Contents;
import org.sluse.host.backup.Manifest.Header;
import org.sluse.host.backup.Manifest.Part;
import org.sluse.host.backup.Manifest.Schema;
import org.sluse.host.backup.Manifest.Structure;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.TenantDatabases;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/**
 * Brings clinics up from backups: the tables by their migrations at the versions of the manifest, the rows, the sequences, the foreign keys; then all of it is read out again
 * and compared with the manifest. A clinic is there whole or not at all. Thread-safe; blocks for as long as the data needs.
 */
final class Restorations {

    private static final Logger LOG = Logger.getLogger(Restorations.class.getName());

    /** The clinic whose name nobody can take, and whose database comes and goes. */
    static final TenantId DRILL = new TenantId("drill");

    private final BackupKeys keys;
    private final String installation;
    private final TenantDatabases databases;
    private final ControlDatabase control;
    private final ObjectMapper json;
    private final Arrivals arrivals;

    /** @param installation which root key this is; no secret */
    Restorations(BackupKeys keys, String installation, TenantDatabases databases, ControlDatabase control,
            ObjectMapper json) {
        this(keys, installation, databases, control, json, (handle, clinic) -> {
        });
    }

    /** @param arrivals told of each clinic that is restored */
    Restorations(BackupKeys keys, String installation, TenantDatabases databases, ControlDatabase control,
            ObjectMapper json, Arrivals arrivals) {
        this.arrivals = arrivals;
        this.keys = keys;
        this.installation = installation;
        this.databases = databases;
        this.control = control;
        this.json = json;
    }

    /** What is to be said of a clinic whose rows have just come, in the same transaction: where it is now. */
    interface Arrivals {
        void arrived(Handle handle, TenantId clinic);
    }

    /** Takes a part of the control database in, and says how many rows that were. */
    private interface ControlSink {
        long take(Part part, InputStream rows) throws IOException;
    }

    /** The clinics of which there are backups at the place, each with the id of its newest. */
    static List<Newest> newest(Place place) throws IOException {
        return place.names("")
                .stream()
                .filter(name -> name.matches("[^/]+/[^/]+\\.manifest"))
                .map(name -> new Newest(name.substring(0, name.indexOf('/')),
                        name.substring(name.indexOf('/') + 1, name.lastIndexOf('.'))))
                .filter(one -> TenantId.isValid(one.clinic()) && Manifest.isId(one.id()))
                .collect(Collectors.toMap(Newest::clinic, one -> one, (_, later) -> later, TreeMap::new))
                .values()
                .stream()
                .toList();
    }

    /** @param id of its newest backup */
    record Newest(String clinic, String id) {}

    /**
     * Brings a clinic up that is not there.
     *
     * @return the manifest of the backup
     * @throws BackupRefusedException when that cannot be done; nothing of the clinic is there then
     */
    Manifest restore(Place place, TenantId clinic, String id) {
        return restore(place, clinic, id, () -> {
        });
    }

    /** The same. @param begun told just before anything of the clinic is made */
    Manifest restore(Place place, TenantId clinic, String id, Runnable begun) {
        try {
            new Left(place, keys, json, control).refuse(clinic);
            var backup = open(place, clinic, id);
            var manifest = backup.manifest();
            if (databases.exists(clinic)) {
                throw new BackupRefusedException(control.read(handle -> new ControlRows(handle).has(clinic))
                        ? "There is a clinic '" + clinic + "' already; right would be an installation without it"
                        : "A database of clinic '" + clinic
                                + "' is there without the clinic, of a restore that was cut off; right would be to drop it, or a fresh folder");
            }
            begun.run();
            whole(clinic, () -> control.inTransaction(
                    Act.of("CREATE", "Restore", clinic + "/" + id).toldTo(clinic), handle -> {
                        // It waits here until the clinic's own rows are in.
                        handle.execute("set local idle_in_transaction_session_timeout = 0");
                        var rows = new ControlRows(handle);
                        if (rows.has(clinic)) {
                            throw new BackupRefusedException("There is a clinic '" + clinic
                                    + "' already; right would be an installation without it");
                        }
                        load(clinic, backup, rows::stage);
                        loadKeys(clinic, place, backup);
                        rows.merge(manifest.contents().revision());
                        arrivals.arrived(handle, clinic);
                        ControlDatabase.nextRevision(handle);
                    }));
            LOG.info("clinic-restored tenant=" + clinic + " backup=" + id + " rows=" + manifest.contents().rows());
            return manifest;
        } catch (IOException unreadable) {
            throw unreadable(place, unreadable);
        }
    }

    /** The same for a clinic at which this was cut off after it had begun: what was left half goes first, and one that was whole already stays. */
    Manifest restoreAgain(Place place, TenantId clinic, String id, Runnable begun) {
        if (control.read(handle -> new ControlRows(handle).has(clinic))) {
            try {
                return open(place, clinic, id).manifest();
            } catch (IOException unreadable) {
                throw unreadable(place, unreadable);
            }
        }
        new Left(place, keys, json, control).refuse(clinic);
        databases.drop(clinic);
        return restore(place, clinic, id, begun);
    }

    /** Brings a clinic's backup up in a database of its own and drops that again. @throws BackupRefusedException when it could not be brought up */
    void tryOut(Place place, TenantId clinic, String id) {
        try {
            var backup = open(place, clinic, id);
            if (control.read(handle -> new ControlRows(handle).has(DRILL))) {
                throw new BackupRefusedException("There is a clinic '" + DRILL
                        + "', whose database a drill would drop; right would be an installation without it");
            }
            // Of a drill that was cut off.
            databases.drop(DRILL);
            whole(DRILL, () -> {
                load(DRILL, backup, (part, rows) -> part.rows());
                loadKeys(DRILL, place, backup);
            });
            databases.drop(DRILL);
        } catch (IOException unreadable) {
            throw unreadable(place, unreadable);
        }
    }

    /** Brings a clinic's rows up in its own database, which is not there yet; its rows in the control database are there. */
    Manifest bring(Place place, TenantId clinic, String id) {
        try {
            var backup = open(place, clinic, id);
            whole(clinic, () -> {
                load(clinic, backup, (part, rows) -> part.rows());
                loadKeys(clinic, place, backup);
            });
            return backup.manifest();
        } catch (IOException unreadable) {
            throw unreadable(place, unreadable);
        }
    }

    /** The same, where databases are elsewhere. */
    Restorations at(TenantDatabases elsewhere) {
        return new Restorations(keys, installation, elsewhere, control, json, arrivals);
    }

    private static BackupRefusedException unreadable(Place place, IOException cause) {
        return BackupRefusedException.of(cause, "The backup place '" + place + "' cannot be read: "
                + cause.getMessage() + "; right would be one that this user may read");
    }

    private Backup open(Place place, TenantId clinic, String id) throws IOException {
        var backup = Backup.open(place, keys, json, clinic.value(), id);
        if (!backup.manifest().contents().installation().equals(installation)) {
            throw new BackupRefusedException("The backup '" + clinic + "/" + id
                    + "' was made under another root key, and what is sealed in it could not be read; right would be the keys of the installation that made it");
        }
        return backup;
    }

    /** The database is there when the work is done, and is not when it is not. */
    private void whole(TenantId target, Runnable work) {
        var done = false;
        try {
            databases.create(target);
            work.run();
            done = true;
        } catch (UncheckedIOException unreadable) {
            throw new BackupRefusedException("The backup cannot be read: " + unreadable.getMessage(), unreadable);
        } finally {
            if (!done) {
                drop(target);
            }
        }
    }

    private void drop(TenantId target) {
        try {
            databases.drop(target);
        } catch (RuntimeException left) {
            // What made the work fail is what the operator has to know.
            LOG.log(Level.SEVERE, "database-not-dropped tenant={0} cause={1}",
                    new Object[]{target, left.getClass().getName()});
        }
    }

    private void load(TenantId target, Backup backup, ControlSink controlRows) {
        var contents = backup.manifest().contents();
        var made = new ArrayList<Schema>();
        contents.schemas().forEach(schema -> {
            if (!prepare(target, schema)) {
                made.add(schema);
            }
        });
        databases.asOwner(target, handle -> {
            var tables = new Tables(handle);
            made.forEach(schema -> structure(schema).before().forEach(tables::execute));
        });
        databases.asAdministrator(target, handle -> {
            fill(handle, backup, made, controlRows);
            return true;
        });
    }

    /** Puts the clinic's keys in, and erases again whoever was erased since the backup. */
    private void loadKeys(TenantId target, Place place, Backup backup) {
        var header = backup.manifest().header();
        try {
            var copy = KeyCopies.newest(place, keys, json, new TenantId(header.clinic()));
            if (copy.isEmpty()) {
                requireWithoutKeys(backup.manifest());
                return;
            }
            // Tables of the backup may be older than those that keys lie in.
            databases.prepareCore(target);
            databases.asAdministrator(target, handle -> {
                fillKeys(handle, copy.get(), backup.manifest());
                return true;
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Before there were keys. */
    private static void requireWithoutKeys(Manifest manifest) {
        if (manifest.contents()
                .parts()
                .stream()
                .anyMatch(part -> part.schema().equals("core") && part.table().equals("erased"))) {
            throw new BackupRefusedException("There is no copy of the keys of clinic '" + manifest.header().clinic()
                    + "' at the place, and what is sealed in the backup could be read by nobody; right would be the folder '"
                    + manifest.header().clinic() + "@keys' beside it");
        }
    }

    private void fillKeys(Handle handle, Backup copy, Manifest manifest) {
        var tables = new Tables(handle);
        var there = tables.keyTables().stream().map(Restorations::place).toList();
        var copied = new HashSet<String>();
        try {
            copy.read((part, rows) -> {
                // A module that was switched on since has tables that the backup does not know.
                if (there.contains(place(part))) {
                    tables.execute("truncate " + place(part));
                    requireRows(part, tables.copyIn(part, rows));
                    copied.add(place(part));
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        manifest.contents()
                .schemas()
                .forEach(schema -> eraseAgain(handle, new PluginId(schema.name()), manifest.header(),
                        copied.contains(Tables.named(schema.name(), "person_key"))));
    }

    /** @param isThere whether the plugin had tables when the keys were copied: they may have been erased as a whole since the backup */
    private void eraseAgain(Handle handle, PluginId plugin, Header backup, boolean isThere) {
        var again = databases.eraseAgain(handle, plugin, backup.at());
        if (again.withoutKey() > 0 && isThere) {
            throw new BackupRefusedException("The copy of the keys has none for " + again.withoutKey()
                    + " persons of module '" + plugin
                    + "', and what is sealed of them could be read by nobody; right would be the copy that was made with the backup or after it, or an earlier backup");
        }
        if (again.withoutKey() > 0) {
            var tables = new Tables(handle);
            tables.tables()
                    .stream()
                    .filter(table -> table.schema().equals(plugin.value()) && !Tables.isHistory(table))
                    .forEach(table -> tables.execute("truncate " + place(table) + " cascade"));
        }
        if (again.withoutKey() > 0 || again.rows() > 0) {
            LOG.info("erased-again tenant=" + backup.clinic() + " plugin=" + plugin + " rows=" + again.rows());
        }
    }

    private static String place(Part part) {
        return Tables.named(part.schema(), part.table());
    }

    /** @return whether its tables are there now; not when the server does not know the plugin */
    private boolean prepare(TenantId target, Schema schema) {
        var plugin = new PluginId(schema.name());
        var migrations = schema.migrations();
        if (migrations.isEmpty() || !databases.hasMigrations(plugin)) {
            structure(schema);
            databases.prepare(target, plugin);
            return false;
        }
        var version = migrations.getLast().version();
        try {
            databases.prepare(target, plugin, version);
        } catch (ProblemException failed) {
            throw otherMigrations(schema.name(), version, failed);
        }
        if (!databases.asAdministrator(target, handle -> new Tables(handle).migrations(schema.name()))
                .equals(migrations)) {
            throw otherMigrations(schema.name(), version, null);
        }
        return true;
    }

    private static BackupRefusedException otherMigrations(String schema, String version,
            @Nullable Exception cause) {
        return new BackupRefusedException("Schema '" + schema + "' of the backup is at version " + version
                + ", which this server does not make in the same way; right would be the version of the server, or of the plugin's jar, that made the backup, or a later one",
                cause);
    }

    private static Structure structure(Schema schema) {
        return schema.structure()
                .orElseThrow(() -> new BackupRefusedException("The server has no plugin '" + schema.name()
                        + "', and its schema in the backup has more than tables; right would be its jar in the folder plugins"));
    }

    private static void fill(Handle handle, Backup backup, List<Schema> made, ControlSink controlRows) {
        var contents = backup.manifest().contents();
        var tables = new Tables(handle);
        requireThere(tables, contents);
        var madeNames = made.stream().map(Schema::name).toList();
        // The history of what Flyway has just made is Flyway's.
        var rows = contents.parts()
                .stream()
                .filter(part -> !part.isControl() && (!Tables.isHistory(part) || madeNames.contains(part.schema())))
                .toList();
        var room = tables.empty(rows);
        try {
            backup.read((part, stream) -> {
                if (part.isControl()) {
                    requireRows(part, controlRows.take(part, stream));
                } else if (rows.contains(part)) {
                    requireRows(part, tables.copyIn(part, stream));
                }
            });
            tables.close(room, made.stream().flatMap(schema -> structure(schema).after().stream()).toList());
            tables.set(contents.positions());
            for (var part : rows) {
                requireEqual(part, Backup.measure(part, target -> tables.copyOut(part, target)));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        if (!tables.positions().equals(contents.positions())) {
            throw differs("sequences");
        }
    }

    /** There may be more: tables of the host's that it did not have yet when the backup was made. */
    private static void requireThere(Tables tables, Contents contents) {
        var there = tables.tables();
        var missing = contents.parts()
                .stream()
                .filter(part -> !part.isControl() && !there.contains(described(part)))
                .map(part -> part.schema() + "." + part.table())
                .toList();
        if (!missing.isEmpty()) {
            throw differs(String.join(", ", missing));
        }
    }

    private static Part described(Part part) {
        return new Part(part.schema(), part.table(), part.columns(), 0, 0, "");
    }

    private static void requireRows(Part part, long found) {
        if (found != part.rows()) {
            throw differs(part.table());
        }
    }

    private static void requireEqual(Part part, Part found) {
        if (!found.equals(part)) {
            throw differs(part.table());
        }
    }

    private static BackupRefusedException differs(String what) {
        return new BackupRefusedException(
                "What was brought up differs from the backup (" + what
                        + "); right would be the version of the server that made it");
    }
}
