// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.sluse.cli.plugin.PluginSource;

/** Whom the platform engages, and for whom it works: two lists that nobody types. */
@ResourceLock("leaving")
class SubprocessorsIT {

    private final Clinic clinic = Clinic.create();

    @Test
    void anybody_reads_who_hosts_and_what_each_module_would_send_to_whom() {
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));

        var page = Clinic.json(clinic.get("/api/subprocessors?lang=nb"));

        assertThat(page.at("/always/0/name").asText()).isEqualTo("Hosting of the tests");
        assertThat(page.at("/always/0/legalBasis").asText()).isEqualTo("GDPR Art. 28");
        assertThat(page.get("modules").findValuesAsText("module")).containsExactly("epr", "video");
        assertThat(page.at("/modules/0/clinicNames").asBoolean()).as("its record").isTrue();
        assertThat(page.at("/modules/1/clinicNames").asBoolean()).as("its provider of video, if any").isTrue();
        assertThat(page.toString()).as("what a clinic has typed").doesNotContain("Record of the tests", clinic.id());
        assertThat(clinic.get("/subprocessors").statusCode()).isEqualTo(200);
        assertThat(clinic.get("/api/subprocessors?format=csv").body()).startsWith("module,name,address,")
                .contains("\"Hosting of the tests\"");
        assertThat(clinic.get("/api/subprocessors?format=pdf").statusCode()).isEqualTo(422);
    }

    @Test
    void the_operators_register_says_what_is_done_for_each_clinic() {
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        clinic.administrator()
                .correct("/core/register/controller", "*",
                        "{\"name\": \"Clinic AS\", \"address\": \"Street 1\", \"contact\": \"post@clinic.example\"}");
        var page = page("");
        while (found(page).isEmpty() && page.get("more").asBoolean()) {
            page = page(page.get("rows").findValuesAsText("tenant").getLast());
        }

        var row = found(page).orElseThrow();
        assertThat(row.at("/controller/name").asText()).isEqualTo("Clinic AS");
        assertThat(row.at("/categories/0/module").asText()).isEqualTo("epr");
        assertThat(row.at("/categories/0/recipients/0/name").asText()).isEqualTo("Record of the tests");
        assertThat(page.at("/processor/name").asText()).isEqualTo("Operator of the tests");
        assertThat(page.at("/always/0/name").asText()).isEqualTo("Hosting of the tests");
        assertThat(page.get("measures")).isNotEmpty();
        assertThat(RunningServer.get().operate("GET", "/register?format=csv", "").body())
                .startsWith("clinic,controller,address,");
    }

    private static JsonNode page(String after) {
        return Clinic.json(RunningServer.get().operate("GET", "/register?after=" + after, ""));
    }

    private Optional<JsonNode> found(JsonNode page) {
        return StreamSupport.stream(page.get("rows").spliterator(), false)
                .filter(row -> row.get("tenant").asText().equals(clinic.id()))
                .findFirst();
    }

    @Test
    void another_manifest_changes_the_clinics_register_and_the_public_page() {
        var server = new PluginsServer();
        var jar = server.plugins().resolve("loan.jar");
        at("Street 2, Oslo").jar(jar);
        try {
            assertThat(server.start().exit()).isZero();
            server.operator("POST", "", "{\"name\": \"north\"}");
            server.operator("POST", "/north/papers",
                    Clinic.paper("AGREEMENT", "")
                            .replace("\"module\": \"epr\", \"recipient\": \"epr\"",
                                    "\"module\": \"loan\", \"recipient\": \"library\""));
            assertThat(server.operator("PUT", "/north/plugins/loan", "{\"on\": true}").body()).contains("\"ON\"");
            assertThat(register(server)).contains("Street 2, Oslo");
            assertThat(published(server)).contains("Street 2, Oslo");
            server.command("stop");

            at("Street 9, Bergen").jar(jar);
            assertThat(server.start().exit()).isZero();

            assertThat(register(server)).contains("Street 9, Bergen").doesNotContain("Street 2, Oslo");
            assertThat(published(server)).contains("Street 9, Bergen").doesNotContain("Street 2, Oslo");
        } finally {
            server.command("stop");
        }
    }

    private static String register(PluginsServer server) {
        return server.operator("GET", "/north/register", "").body();
    }

    private static String published(PluginsServer server) {
        return server.get("/api/subprocessors").body();
    }

    /** A plugin that by itself names a recipient at this address. */
    private static PluginSource at(String address) {
        return PluginSource.sound("loan")
                .edited("Its.java", "return List.of();",
                        """
                                return List.of(new Recipient("library", "Library AS", "ADDRESS", "NO", "module.purpose",
                                        "activity.legal-basis", java.util.Set.of(org.sluse.disclosure.DataCategory.PSEUDONYMOUS_USAGE),
                                        List.of(java.net.URI.create("https://library.example")), java.util.Map.of(),
                                        List.of("activity.data"), List.of()));"""
                                .replace("ADDRESS", address));
    }
}
