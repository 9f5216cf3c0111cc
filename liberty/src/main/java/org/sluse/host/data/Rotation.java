// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sluse.host.seal.ClinicKey;
import org.sluse.host.seal.Seals;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** Wraps the keys of persons of one clinic by its newest key. */
final class Rotation {

    /** In one transaction; nobody who reads waits for it, and who seals waits for a blink. */
    private static final int KEYS = 500;

    private final Jdbi owner;
    private final TenantId tenant;
    private final ClinicKey key;

    /** @param owner connections of the login that owns the schemas of plugins */
    Rotation(Jdbi owner, TenantId tenant, ClinicKey key) {
        this.owner = owner;
        this.tenant = tenant;
        this.key = key;
    }

    /** @return how many */
    long wrapAnew(PluginId plugin) {
        long wrapped = 0;
        for (var some = some(plugin, false); some > 0; some = some(plugin, false)) {
            wrapped += some;
        }
        // Whoever took the old key before it was replaced has committed when the lock is given; who comes later takes the new one.
        for (var last = some(plugin, true); last > 0; last = some(plugin, true)) {
            wrapped += last;
        }
        return wrapped;
    }

    private int some(PluginId plugin, boolean alone) {
        return owner.inTransaction(handle -> {
            handle.execute("set local search_path to \"" + plugin.value() + "\"");
            if (alone) {
                handle.execute("lock table person_key in share row exclusive mode");
            }
            var old = old(handle);
            var update = handle.prepareBatch("update person_key set wrapped = :wrapped where person = :person");
            old.forEach(row -> update.bind("person", row.getKey())
                    .bind("wrapped", key.rewrapped(row.getValue(), Seals.bindingOf(tenant, plugin, row.getKey())))
                    .add());
            if (!old.isEmpty()) {
                update.execute();
            }
            return old.size();
        });
    }

    private List<Map.Entry<String, byte[]>> old(Handle handle) {
        return handle
                .createQuery(
                        "select person, wrapped from person_key where substring(wrapped from 1 for 5) <> :prefix order by person limit "
                                + KEYS + " for no key update")
                .bind("prefix", key.prefix())
                .map((row, context) -> Map.entry(row.getString(1), row.getBytes(2)))
                .list();
    }
}
