// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the tables of a plugin are held to: whichever version a clinic's are at, with rows in them, they come to the newest. On a real PostgreSQL; no server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class MigrationContract {

    private final String plugin;

    /** @param plugin its id: its migrations lie in {@code db/<id>} */
    protected MigrationContract(String plugin) {
        this.plugin = plugin;
    }

    /**
     * Puts rows into tables as they were at a version, before they go on.
     *
     * @param version which migration was the last, for example {@code 003}
     * @param handle in the plugin's schema
     */
    protected abstract void fill(String version, Handle handle);

    /**
     * Asserts what has become of those rows.
     *
     * @param version at which they were put in
     * @param handle in the plugin's schema, at the newest version
     */
    protected abstract void found(String version, Handle handle);

    Stream<String> versions() {
        return Arrays.stream(TestDatabase.migrations(plugin, TestDatabase.fresh(plugin)).load().info().all())
                .map(MigrationInfo::getVersion)
                .map(version -> version.getVersion());
    }

    @Test
    void there_are_migrations() {
        assertFalse(versions().toList().isEmpty(), "No migration was found in db/" + plugin);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void comes_from_each_version_to_the_newest(String version) {
        var database = TestDatabase.fresh(plugin);
        TestDatabase.migrations(plugin, database).target(version).load().migrate();
        Jdbi.create(database).useTransaction(handle -> fill(version, handle));

        TestDatabase.migrations(plugin, database).load().migrate();

        assertEquals(0, TestDatabase.migrations(plugin, database).load().info().pending().length);
        Jdbi.create(database).useTransaction(handle -> found(version, handle));
    }
}
