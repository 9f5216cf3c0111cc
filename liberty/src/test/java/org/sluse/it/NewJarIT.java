// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sluse.cli.plugin.PluginSource;

/** The operator puts another version of a plugin there while a clinic has it on. */
class NewJarIT {

    private static final String PAPER = """
            {"module": "courier", "recipient": "courier", "kind": "AGREEMENT", "version": "1.0", "signer": "Manager 1", "signedOn": "2026-01-01", "sha256": "%s"}"""
            .formatted("0f".repeat(32));

    private final Path data = CommandLine.emptyFolder();
    private RunningServer server = startedWith("Courier AS", "CONTACT");
    private Clinic clinic = Clinic.create(server);

    @Test
    void what_nobody_at_the_clinic_was_told_of_waits_for_somebody_who_reads_it() {
        try {
            file();
            assertThat(turnOn().get("state").asText()).isEqualTo("ON");

            restart("Other Courier AS", "CONTACT");
            waits();
            assertThat(server.operate("GET", "/plugins", "").body())
                    .contains("{\"id\":\"courier\",\"name\":\"Other Courier AS\"}");
            assertThat(module().get("reasons").toString()).contains("paper.reason.AGREEMENT.MISSING");
            file();
            assertThat(turnOn().get("state").asText()).isEqualTo("ON");

            restart("Other Courier AS", "CONTACT, org.sluse.disclosure.DataCategory.IDENTITY");
            waits();
            assertThat(module().at("/asked/name").asText()).isEqualTo("operator");
            assertThat(module().get("reasons")).isEmpty();
            assertThat(clinic.get("/api/" + clinic.id() + "/courier/things").statusCode()).isEqualTo(404);
            assertThat(turnOn().get("state").asText()).isEqualTo("ON");
        } finally {
            server.command("stop");
        }
    }

    /** The node looks after it has started. */
    private void waits() {
        Await.until("the module waits", 20, TimeUnit.SECONDS,
                () -> module().get("state").asText().equals("PENDING")
                        && module().get("wish").asText().equals("ASKED"));
    }

    private void restart(String name, String categories) {
        server.command("stop");
        server = startedWith(name, categories);
        clinic = clinic.through(server);
        // The node looks at each clinic after its start; whoever reads the register meanwhile must not get past that.
        clinic.administrator().get("/core/register");
    }

    private RunningServer startedWith(String name, String categories) {
        PluginSource.sound("courier")
                .edited("Its.java", "public List<Recipient> recipients(Settings settings) { return List.of(); }",
                        """
                                public List<Recipient> recipients(Settings settings) {
                                    return List.of(new Recipient("courier", "NAME", "Street 1", "NO", "module.purpose", "activity.legal-basis",
                                            java.util.Set.of(org.sluse.disclosure.DataCategory.CATEGORIES),
                                            List.of(java.net.URI.create("https://courier.example")), java.util.Map.of(), List.of(), List.of()));
                                }
                                public List<Class<? extends Record>> outbound() { return List.of(Parcel.class); }
                                @org.sluse.disclosure.Outbound(to = "courier")
                                record Parcel(@org.sluse.disclosure.Impersonal("random") String number) {}"""
                                .replace("NAME", name)
                                .replace("CATEGORIES", categories))
                .jar(data.resolve("plugins/courier.jar"));
        return RunningServer.start(data, "");
    }

    private void file() {
        var filed = server.operate("POST", "/tenants/" + clinic.id() + "/papers", PAPER);
        assertThat(filed.statusCode()).as(filed.body()).isEqualTo(201);
    }

    private JsonNode turnOn() {
        var answer = clinic.administrator().send("PUT", "/core/modules/courier", "{\"on\": true, \"accept\": []}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Clinic.json(answer);
    }

    private JsonNode module() {
        for (var module : Clinic.json(clinic.administrator().get("/core/modules")).get("modules")) {
            if (module.get("id").asText().equals("courier")) {
                return module;
            }
        }
        throw new AssertionError("There is no such module");
    }
}
