// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

class TenantsTest {

    @ParameterizedTest(name = "{0} is at {1}")
    @CsvSource({"Clinic North,clinic-north", "  Clinic   North  ,clinic-north", "Ørsta Klinikk,orsta-klinikk",
            "Ærlig Åsgård,aerlig-asgard",
            "Praxis Müßig,praxis-mussig", "Österreich,osterreich", "Dr. N. & Partner,dr-n-partner", "3 Eichen,eichen",
            "24/7 Clinic 2,clinic-2",
            "Clinic_North,clinic-north", "API 2,api-2", "İzmir,izmir", "Clinic!!!,clinic"})
    void an_id_is_made_from_the_name(String name, String id) {
        assertThat(Tenants.idFor(name).value()).isEqualTo(id);
    }

    @Test
    void a_long_name_is_cut_and_does_not_end_in_a_hyphen() {
        assertThat(Tenants.idFor("Centre for Psychotherapy North of the River").value())
                .isEqualTo("centre-for-psychotherapy-north");
        assertThat(Tenants.idFor("a".repeat(80)).value()).hasSize(31);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "A", "123", "!!", "中文", "api", "API", "Fhir", "ws", "ui", "operate", "Health",
            "openapi", "sandbox", "core",
            "metrics", "favicon", "subprocessors", "drill"})
    void a_name_that_makes_no_address_or_one_of_the_systems_own_is_refused(String name) {
        assertThatThrownBy(() -> Tenants.idFor(name)).isInstanceOfSatisfying(ProblemException.class,
                thrown -> assertThat(thrown.problem()).isEqualTo(Problem.NOT_ALLOWED_VALUE));
    }
}
