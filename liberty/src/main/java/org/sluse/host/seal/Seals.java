// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.seal;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sluse.data.Cell;
import org.sluse.data.DataMap;
import org.sluse.data.PersonSeal;
import org.sluse.plugin.PluginId;
import org.sluse.secret.SealBrokenException;
import org.sluse.tenant.TenantId;

/**
 * Seals of persons in one transaction of one plugin at one clinic. Keys are rows of {@code person_key} in the plugin's schema, wrapped by the clinic's key and bound to clinic, plugin and person; made with the
 * first value that is sealed, in the same transaction. Belongs to the thread of the transaction.
 */
public final class Seals {

    /** With which every sealed value begins; what does not is plain. */
    public static final String MARK = CellCipher.MARK;

    private final Handle handle;
    private final TenantId tenant;
    private final PluginId plugin;
    private final String place;
    private final DataMap map;
    private final KeyRing ring;
    private final Map<String, OfPerson> known = new HashMap<>();

    /** @param handle its search path begins with the plugin's schema @param map what the plugin says it stores */
    public Seals(Handle handle, TenantId tenant, PluginId plugin, DataMap map, KeyRing ring) {
        this.handle = handle;
        this.tenant = tenant;
        this.place = tenant.value() + "|" + plugin.value() + "|";
        this.plugin = plugin;
        this.map = map;
        this.ring = ring;
    }

    /** @see org.sluse.data.Transaction#sealsOf */
    public Function<String, PersonSeal> of(Collection<String> persons) {
        var asked = Set.copyOf(persons);
        var unknown = new HashSet<>(asked);
        unknown.removeAll(known.keySet());
        if (!unknown.isEmpty()) {
            unknown.forEach(person -> known.put(person, new OfPerson(person)));
            handle.createQuery("select person, wrapped from person_key where person = any(:persons)")
                    .bindArray("persons", String.class, List.copyOf(unknown))
                    .map((row, context) -> Map.entry(row.getString(1), row.getBytes(2)))
                    .forEach(row -> found(row.getKey()).wrapped = row.getValue());
        }
        return person -> {
            if (!asked.contains(person)) {
                throw new IllegalArgumentException(
                        "The seal of a person is taken who was not asked for; right would be one of those for whom 'sealsOf' was called");
            }
            return found(person);
        };
    }

    private OfPerson found(String person) {
        var seal = known.get(person);
        if (seal == null) {
            throw new IllegalStateException("PostgreSQL gave the key of a person who was not asked for");
        }
        return seal;
    }

    /** @see org.sluse.data.Transaction#indexOf */
    public byte[] indexOf(String table, String column, String plain) {
        if (map.find(table).filter(one -> one.isIndexed(column)).isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + table + "." + column + "' is not sealed with an index by the data map of '"
                            + plugin + "'; right would be 'indexed' there");
        }
        return ring.key().index(place + table + "|" + column, plain);
    }

    /** Whether it is a sealed value. */
    public static boolean isSealed(String text) {
        return text.startsWith(MARK);
    }

    private String checked(Cell cell) {
        if (map.find(cell.table()).filter(one -> one.isSealed(cell.column())).isEmpty()) {
            throw new IllegalArgumentException("'" + cell.table() + "." + cell.column()
                    + "' is not sealed by the data map of '" + plugin + "'; right would be 'sealed' there");
        }
        // Only the row's own key, which comes last, may have the sign in between.
        return place + cell.table() + "|" + cell.column() + "|" + cell.row();
    }

    /** What a person's key is bound to. */
    public static String bindingOf(TenantId tenant, PluginId plugin, String person) {
        return "person-key|" + tenant.value() + "|" + plugin.value() + "|" + person;
    }

    private final class OfPerson implements PersonSeal {

        private final String person;
        /** As in the table; null where there is none. */
        private byte @Nullable [] wrapped;
        private @Nullable CellCipher key;
        private boolean kept;

        OfPerson(String person) {
            this.person = person;
        }

        @Override
        public String seal(Cell cell, String plain) {
            var binding = checked(cell);
            keep();
            return opened().orElseThrow(() -> new SealBrokenException(cell.table() + "." + cell.column()))
                    .seal(plain, binding);
        }

        @Override
        public String open(Cell cell, String sealed) {
            var binding = checked(cell);
            return opened().flatMap(one -> one.open(sealed, binding))
                    .orElseThrow(() -> new SealBrokenException(cell.table() + "." + cell.column()));
        }

        private Optional<CellCipher> opened() {
            if (key == null && wrapped != null) {
                key = unwrapped(wrapped).or(this::rewrapped).map(CellCipher::of).orElse(null);
            }
            return Optional.ofNullable(key);
        }

        /** A rotation may have wrapped it anew since it was read, and have ended. */
        private Optional<byte[]> rewrapped() {
            return handle.createQuery("select wrapped from person_key where person = :person")
                    .bind("person", person)
                    .mapTo(byte[].class)
                    .findOne()
                    .flatMap(this::unwrapped);
        }

        private Optional<byte[]> unwrapped(byte[] closed) {
            return ring.key()
                    .unwrap(closed, bindingOf(tenant, plugin, person))
                    .or(() -> ring.keyAnew().unwrap(closed, bindingOf(tenant, plugin, person)));
        }

        /** Whoever destroys keys that nobody needs waits for this transaction from here on, and looks again. */
        private void keep() {
            if (kept) {
                return;
            }
            for (var lasting = lasting(); lasting.isEmpty(); lasting = lasting()) {
                // A rotation that has begun waits at the end for whoever has this lock; who has it before reads the key that is in force.
                handle.execute("lock table person_key in row exclusive mode");
                handle.createUpdate(
                        "insert into person_key (person, wrapped) values (:person, :wrapped) on conflict do nothing")
                        .bind("person", person)
                        .bind("wrapped", newest().wrap(CellCipher.generate(), bindingOf(tenant, plugin, person)))
                        .execute();
            }
            kept = true;
        }

        private ClinicKey newest() {
            // First: it makes the clinic's keys where there are none.
            var known = ring.key();
            var version = handle.createQuery("select version from core.clinic_key").mapTo(int.class).one();
            return known.version() == version ? known : ring.keyAnew();
        }

        private Optional<byte[]> lasting() {
            var found = handle.createQuery("select wrapped from person_key where person = :person for key share")
                    .bind("person", person)
                    .mapTo(byte[].class)
                    .findOne();
            found.ifPresent(row -> {
                if (!Arrays.equals(row, wrapped)) {
                    wrapped = row;
                    key = null;
                }
            });
            return found;
        }
    }
}
