// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.Handle;
import org.sluse.testkit.MigrationContract;

/** What a clinic has counted survives each change of the tables. */
class TallyMigrationsTest extends MigrationContract {

    TallyMigrationsTest() {
        super("tally");
    }

    @Override
    protected void fill(String version, Handle handle) {
        handle.execute("insert into contact (way, at) values ('PHONE', '2026-11-02T10:00:00Z')");
    }

    @Override
    protected void found(String version, Handle handle) {
        assertThat(handle.createQuery("select way from contact").mapTo(String.class).list()).containsExactly("PHONE");
    }
}
