// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.generic.GenericType;
import org.sluse.data.ChangeNumbers;
import org.sluse.data.Transaction;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantContext;

/** Change numbers of one plugin, in the table {@code change_number} of its schema. No sequence: that would move before the commit, and with a roll-back. */
final class JdbiChangeNumbers implements ChangeNumbers {

    private static final int LONGEST_NAME = 100;

    private final Supplier<PluginId> owner;
    private final TenantDatabases databases;
    private final TenantContext context;

    JdbiChangeNumbers(Supplier<PluginId> owner, TenantDatabases databases, TenantContext context) {
        this.owner = owner;
        this.databases = databases;
        this.context = context;
    }

    @Override
    public void raise(Transaction transaction, Collection<String> names) {
        check(names);
        // In the order of their names, so that two transactions never wait for each other.
        transaction.handle()
                .createUpdate(
                        """
                                insert into change_number (name, number) select distinct name, 1 from unnest(:names) as name order by name
                                on conflict (name) do update set number = change_number.number + 1""")
                .bindArray("names", String.class, names.toArray())
                .execute();
    }

    @Override
    public Map<String, Long> now(Collection<String> names) {
        check(names);
        var found = new HashMap<String, Long>();
        names.forEach(name -> found.put(name, 0L));
        found.putAll(databases.lookUp(context.tenant().id(), owner.get(),
                handle -> handle.createQuery("select name, number from change_number where name = any(:names)")
                        .bindArray("names", String.class, names.toArray())
                        .setMapKeyColumn("name")
                        .setMapValueColumn("number")
                        .collectInto(new GenericType<Map<String, Long>>() {
                        })));
        return found;
    }

    private static void check(Collection<String> names) {
        if (names.stream().anyMatch(name -> name.isEmpty() || name.length() > LONGEST_NAME)) {
            throw new IllegalArgumentException("A change number's name has 1 to " + LONGEST_NAME + " characters");
        }
    }
}
