// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.sluse.audit.AuditEntry;

/** One open transaction. Belongs to the thread that opened it and ends with the work it was opened for. */
public interface Transaction {

    /** The connection, with the plugin's schema as its only search path. Not to be closed, committed or kept. */
    Handle handle();

    /** Adds a further audit entry, for example one for each patient whom a list touches. */
    void record(AuditEntry entry);

    /**
     * What seals and opens the sealed columns of these persons' rows.
     *
     * @param persons ids by which the data map finds them ({@link KeptTable#ofPerson}); an id may be nobody's yet
     * @return gives the seal of each of them; throws {@link IllegalArgumentException} for another
     */
    default Function<String, PersonSeal> sealsOf(Collection<String> persons) {
        throw new UnsupportedOperationException(
                "This transaction knows no keys; right would be a server's, or that of the test kit's TestDatabase");
    }

    /** The one of one person. For several it is one question to the database to ask for all of them at once. */
    default PersonSeal sealOf(String person) {
        return sealsOf(Set.of(person)).apply(person);
    }

    /**
     * By what a sealed value is found without being opened (a keyed blind index: HMAC-SHA-256 under the tenant's key): the same for the same text in the same column of this plugin and tenant, and not to be
     * guessed by whoever has only the database. It finds equal texts; what is to count as equal is made equal first.
     *
     * @param table as in the data map
     * @param column as in the data map, where it is sealed with an index
     * @return 32 bytes, for the column {@code <column>_index} of type {@code bytea}
     * @throws IllegalArgumentException when the data map has no such column
     */
    default byte[] indexOf(String table, String column, String plain) {
        throw new UnsupportedOperationException(
                "This transaction knows no keys; right would be a server's, or that of the test kit's TestDatabase");
    }

    /**
     * Runs the action on this thread after the commit; never after a roll-back. The tenant is still bound. An action that throws is logged: the caller hears that
     * the work is committed, and the actions after it run.
     */
    void afterCommit(Runnable action);
}
