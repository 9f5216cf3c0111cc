// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.tenant.TenantId;

/** A clinic on a cluster of the operator's own, where the server's role may create databases and roles and nothing more. */
class OwnClusterTest {

    private static final TenantId CLINIC = new TenantId("clinic-of-its-own");
    private static final TenantDatabases DATABASES = TestClinics.in(cluster(), any -> TestClinics.NOTES);

    private static Postgres cluster() {
        try (var administrator = RunningCluster.POSTGRES.open("postgres")) {
            administrator.execute("create role no_superuser login createdb createrole password 'secret'");
            return RunningCluster.as("no_superuser", "secret");
        }
    }

    @BeforeAll
    static void a_clinic() {
        DATABASES.create(CLINIC);
        DATABASES.open(CLINIC, TestClinics.ALPHA);
        DATABASES.asOwner(CLINIC, handle -> handle.execute("insert into alpha.note (text) values ('One')"));
    }

    @AfterAll
    static void is_dropped() {
        DATABASES.drop(CLINIC);
        try (var administrator = RunningCluster.POSTGRES.open("postgres")) {
            administrator.execute("drop role no_superuser");
        }
    }

    @Test
    void is_read_for_backups_whoever_owns_what() {
        List<Integer> rows = DATABASES.snapshot(CLINIC, handle -> List.of("alpha.note", "core.audit", "core.erased")
                .stream()
                .map(table -> handle.createQuery("select count(*) from " + table).mapTo(int.class).one())
                .toList());

        assertThat(rows).containsExactly(1, 0, 0);
    }

    @Test
    void is_barred_and_let_in_again() {
        DATABASES.bar(CLINIC);
        DATABASES.unbar(CLINIC);

        assertThat(DATABASES.exists(CLINIC)).isTrue();
    }

    @Test
    void lets_nobody_make_anything_who_is_not_asked_to() {
        boolean may = DATABASES.asAdministrator(CLINIC,
                handle -> handle.createQuery(
                        "select exists (select from aclexplode((select nspacl from pg_namespace where nspname = 'public')) where grantee = 0)")
                        .mapTo(boolean.class)
                        .one());

        assertThat(may).as("rights of everybody in schema public").isFalse();
    }
}
