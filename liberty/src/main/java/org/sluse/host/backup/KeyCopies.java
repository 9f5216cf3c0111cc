// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.sluse.host.backup.Manifest.Contents;
import org.sluse.host.backup.Manifest.Header;
import org.sluse.host.backup.Manifest.Part;
import org.sluse.host.data.TenantDatabases;
import org.sluse.id.Ids;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/**
 * Copies of a clinic's keys, and of who was erased, at the place of its backups and apart from them, in the folder {@code CLINIC@keys}. There is one at a time, the newest: a key that was destroyed is in none, so that
 * an older backup cannot be read with it. The keys in it are wrapped by the root key, and the copy is sealed as a backup is. Thread-safe.
 */
final class KeyCopies {

    private static final Logger LOG = Logger.getLogger(KeyCopies.class.getName());

    private final BackupKeys keys;
    private final String installation;
    private final TenantDatabases databases;
    private final ObjectMapper json;
    private final Ids ids;
    private final Clock clock;

    /** @param installation which root key this is; no secret */
    KeyCopies(BackupKeys keys, String installation, TenantDatabases databases, ObjectMapper json, Ids ids,
            Clock clock) {
        this.keys = keys;
        this.installation = installation;
        this.databases = databases;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Writes one of now, proves it by reading it back, and removes those of before. Two at once leave the later one.
     *
     * @throws BackupRefusedException when what was written cannot be read back; those of before are there still
     */
    void renew(TenantId tenant, Place place) throws IOException {
        var header = Header.of(folder(tenant), clock.instant(), ids.next(), keys.id());
        var proved = false;
        try {
            Backup.write(place, keys, json, header, parts -> copy(tenant, parts));
            Backup.open(place, keys, json, header.clinic(), header.id()).read((part, rows) -> {
            });
            proved = true;
        } finally {
            if (!proved) {
                Backup.withdraw(place, header);
            }
        }
        for (var name : place.names(header.clinic() + "/").reversed()) {
            // The manifest before the data: without it there is no copy.
            // What is newer is another node's, made meanwhile.
            if (name.compareTo(header.clinic() + "/" + header.id()) < 0) {
                place.remove(name);
            }
        }
    }

    /**
     * Erases again whoever the newest copy names and the clinic's own database does not: it was brought back to a moment before that, by other means than ours.
     *
     * @return how many persons
     * @throws BackupRefusedException when the copy cannot be read
     */
    int eraseAgain(TenantId tenant, Place place) throws IOException {
        var copy = newest(place, keys, json, tenant);
        return copy.isEmpty()
                ? 0
                : databases.asAdministrator(tenant, handle -> eraseAgain(tenant, handle, copy.get()));
    }

    private int eraseAgain(TenantId tenant, Handle handle, Backup copy) {
        if (handle.createQuery("select to_regclass('core.erased') is null").mapTo(boolean.class).one()) {
            // Nobody has ever been served.
            return 0;
        }
        handle.execute("create temporary table witnessed (like core.erased) on commit drop");
        try {
            copy.read((part, rows) -> {
                if (part.schema().equals("core") && part.table().equals("erased")) {
                    Tables.copyIn(Tables.copying(handle), "pg_temp.witnessed", part, rows);
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        var unknown = handle.createQuery("""
                insert into core.erased (plugin, person, at) select plugin, person, at from pg_temp.witnessed
                on conflict (plugin, person) do update set at = excluded.at where erased.at < excluded.at
                returning plugin, person""")
                .map((row, context) -> Map.entry(new PluginId(row.getString(1)), row.getString(2)))
                .collect(Collectors.groupingBy(Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        unknown.forEach((plugin, persons) -> {
            var rows = databases.eraseAgain(handle, plugin, persons);
            LOG.warning("erased-again tenant=" + tenant + " plugin=" + plugin + " persons=" + persons.size() + " rows="
                    + rows);
        });
        return unknown.values().stream().mapToInt(List::size).sum();
    }

    private Contents copy(TenantId tenant, Backup.Parts parts) {
        return databases.snapshot(tenant, handle -> {
            var tables = new Tables(handle);
            var snapshot = tables.snapshot();
            var written = new ArrayList<Part>();
            try {
                for (var table : tables.keyTables()) {
                    written.add(parts.add(table, target -> tables.copyOut(table, target)));
                }
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
            return new Contents(installation, snapshot, "", 0, List.of(), written, List.of());
        });
    }

    /** The newest copy at a place; empty when there is none. @throws BackupRefusedException when it cannot be read */
    static Optional<Backup> newest(Place place, BackupKeys keys, ObjectMapper json, TenantId clinic)
            throws IOException {
        return Backup.newest(place, keys, json, folder(clinic));
    }

    /** No clinic has such an id. */
    static String folder(TenantId clinic) {
        return clinic.value() + "@keys";
    }
}
