// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAddressTest {

    @Test
    void another_database_of_the_cluster_is_spoken_to_in_the_same_way() {
        var address = new ClusterAddress("sluse.postgres.url",
                "jdbc:postgresql://db.example:5433/postgres?sslmode=verify-full&sslrootcert=/etc/sluse/ca.pem");

        assertThat(address.database("t_clinic_north")).isEqualTo(
                "jdbc:postgresql://db.example:5433/t_clinic_north?sslmode=verify-full&sslrootcert=/etc/sluse/ca.pem");
        assertThat(new ClusterAddress("sluse.postgres.url", "jdbc:postgresql://localhost/").database("control"))
                .isEqualTo("jdbc:postgresql://localhost/control");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://127.0.0.1:5432/postgres", "jdbc:postgresql://localhost/postgres",
            "jdbc:postgresql://[::1]:5432/postgres"})
    void on_this_machine_it_may_be_without_tls(String url) {
        assertThat(new ClusterAddress("sluse.postgres.url", url).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://db.example/postgres", "jdbc:postgresql://10.0.0.5:5432/postgres",
            "jdbc:postgresql://db.example/postgres?sslmode=require",
            "jdbc:postgresql://db.example/postgres?sslmode=verify-ca",
            "jdbc:postgresql://db.example/postgres?xsslmode=verify-full",
            "jdbc:postgresql://db.example/postgres?sslmode=verify-fully",
            "jdbc:postgresql://localhost,db.example/postgres"})
    void elsewhere_it_is_refused_unless_who_answers_is_looked_at(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClusterAddress("sluse.postgres.url", url))
                .withMessageContaining("without looking who answers")
                .withMessageContaining("sslmode=verify-full");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://db.example/postgres", "jdbc:postgresql://", "jdbc:mysql://db.example/x", ""})
    void what_is_no_address_is_refused_with_the_form_of_one(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClusterAddress("sluse.postgres.url", url))
                .withMessageContaining("jdbc:postgresql://HOST:PORT/DATABASE");
    }
}
