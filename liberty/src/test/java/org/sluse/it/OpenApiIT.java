// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpenApiIT {

    private final Clinic clinic = Clinic.create();

    @Test
    void names_every_address_of_the_host_and_of_what_is_on_and_no_other() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");

        assertThat(calls(document())).isEqualTo(declared("core", "video"));
    }

    @Test
    void a_module_comes_and_goes_with_its_switch() {
        assertThat(calls(document())).isEqualTo(declared("core"));

        clinic.with("video", "{}", "[\"addresses-visible\"]").delivering(clinic.at("/sandbox/" + clinic.id()));
        assertThat(calls(document())).isEqualTo(declared("core", "video", "epr"));

        Clinic.operator("PUT", "/" + clinic.id() + "/plugins/video", "{\"on\": false}");
        assertThat(calls(document())).isEqualTo(declared("core", "epr"));
    }

    @Test
    void what_it_refers_to_is_in_it() {
        clinic.with("video", "{}", "[\"addresses-visible\"]").delivering(clinic.at("/sandbox/" + clinic.id()));
        var document = document();

        assertThat(document.findValuesAsText("$ref")).isNotEmpty()
                .allSatisfy(reference -> assertThat(document.at(reference.substring(1)).isObject()).as(reference)
                        .isTrue());
    }

    @Test
    void an_unknown_clinic_has_none() {
        assertThat(clinic.get("/openapi/clinic-nowhere").statusCode()).isEqualTo(404);
        assertThat(clinic.get("/openapi/" + clinic.id() + "/video").statusCode()).isEqualTo(404);
    }

    private JsonNode document() {
        var answer = clinic.get("/openapi/" + clinic.id());
        assertThat(answer.statusCode()).isEqualTo(200);
        return Clinic.json(answer);
    }

    private Set<String> calls(JsonNode document) {
        var calls = new TreeSet<String>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .stream()
                        .filter(member -> member.getValue().isObject())
                        .forEach(operation -> calls.add(operation.getKey().toUpperCase(Locale.ROOT) + " "
                                + path.getKey().replaceFirst("/" + clinic.id() + "/", "/{tenant}/"))));
        return calls;
    }

    private static Set<String> declared(String... plugins) {
        return Endpoint.all()
                .stream()
                .map(Endpoint::name)
                .filter(name -> java.util.Arrays.stream(plugins)
                        .anyMatch(plugin -> name.contains(" /{tenant}/" + plugin + "/"))
                        || name.contains(" /{tenant}/{plugin}/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
