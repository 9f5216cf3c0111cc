// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clinic at work, backed up on one server and brought up on another, with the commands that an operator has. */
class BackupIT {

    private final RunningServer server = RunningServer.get();
    private final Path keys = server.data().resolve("keys");
    @TempDir
    private Path place = Path.of("");
    private final Path elsewhere = CommandLine.emptyFolder().toAbsolutePath().normalize().resolve("elsewhere");

    /** @param said answers and progress */
    @Test
    void a_clinic_goes_on_elsewhere_with_all_that_it_had() throws IOException {
        var clinic = Clinic.create().with("video", "{}", "[\"addresses-visible\"]");
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        var scheduled = clinic.practitioner()
                .send("POST", "/video/sessions", """
                        {"startsAt": "%s", "minutes": 30, "patientLabel": "Patient 9", "displayName": "Nina"}"""
                        .formatted(Instant.now().plusSeconds(3600)));
        var session = Clinic.json(scheduled).get("id").asText();
        var patient = answer(clinic, "P-1");
        var before = seen(clinic, session, patient);
        assertThat(before).contains("Patient 9", "P-1", "\"total\":13");

        var made = CommandLine.run("backup", clinic.id(), "--to", place.toString(), "--data", server.data().toString());
        assertThat(made.exit()).as(made.said()).isZero();
        assertThat(made.said()).startsWith(clinic.id() + "\t");

        Files.createDirectories(elsewhere);
        at("Oslo");
        var base = URI.create("http://127.0.0.1:" + CommandLine.freePort());
        try {
            var restored = restore(base, "--keys", keys.toString());
            assertThat(restored.exit()).as(restored.said()).isZero();
            assertThat(restored.said()).containsPattern("(?m)^RPO \\d+\\.\\d{3} s$")
                    .containsPattern("(?m)^RTO \\d+\\.\\d{3} s$")
                    .contains("ready " + base);
            var other = RunningServer.started(elsewhere, base);
            var there = clinic.through(other);
            // Before so much else is done that it is no longer on the first page.
            var administrator = there.administrator();
            Await.until("the clinic's own trail says it", 20, TimeUnit.SECONDS,
                    () -> administrator.get("/core/audit").body().contains("\"Restore\""));

            assertThat(seen(there, session, patient)).isEqualTo(before);
            // The bearer of the record is sealed: only with the root key can anything be delivered.
            answer(there, "P-2");
            assertThat(other.command("register", clinic.id(), "--verify")).as("the signed history").isZero();
            var listed = CommandLine.run("tenant", "list", "--data", elsewhere.toString());
            assertThat(listed.said()).as("the clinic is where it was restored").contains("\tOslo");
            assertThat(administrator.get("/core/register?lang=en").body()).contains("Data rests in Oslo.");
            var nowhere = CommandLine.run("tenant", "move", clinic.id(), "bergen", "--data", elsewhere.toString());
            assertThat(nowhere.exit()).isEqualTo(1);
            assertThat(nowhere.said()).contains("Clinics' data cannot rest in 'bergen'; right would be one of oslo");
            assertThat(restore(base, "--keys", keys.toString()).said()).contains("A server for " + elsewhere);
            other.command("stop");
            assertThat(elsewhere.resolve("postgres/data/postmaster.pid")).as("its PostgreSQL ends with it")
                    .doesNotExist();
            assertThat(Files.readString(elsewhere.resolve("logs/messages.log"))).as("and not before")
                    .doesNotContain("postgres-ended");
            var again = restore(base, "--keys", keys.toString());
            assertThat(again.exit()).isEqualTo(1);
            assertThat(again.said()).contains("There is a clinic '" + clinic.id() + "' already");
            at("Bergen");
            assertThat(other.command("start", "--port", Integer.toString(base.getPort()))).isZero();
            var refused = there.get("/api/" + clinic.id() + "/core/me");
            assertThat(refused.statusCode()).as("a node of another location").isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(there.get("/health/ready").body()).contains("bergen");
        } finally {
            CommandLine.run("stop", "--data", elsewhere.toString());
        }
    }

    @Test
    void without_the_keys_or_with_an_altered_backup_nothing_is_brought_up() throws IOException {
        var clinic = Clinic.create();
        assertThat(CommandLine.run("backup", clinic.id(), "--to", place.toString(), "--data", server.data().toString())
                .exit())
                .isZero();
        var base = URI.create("http://127.0.0.1:" + CommandLine.freePort());

        var keyless = restore(base);
        assertThat(keyless.exit()).isEqualTo(1);
        assertThat(keyless.said()).contains("Without the keys nobody can read a backup; right would be --keys DIR");
        assertThat(restore(base, "--keys", place.toString()).said()).contains("root.json is missing");
        assertThat(elsewhere).doesNotExist();

        try (var files = Files.walk(place)) {
            var data = files.filter(file -> file.toString().endsWith(".data")).findFirst().orElseThrow();
            var bytes = Files.readAllBytes(data);
            bytes[bytes.length / 2] ^= 1;
            Files.write(data, bytes);
        }
        var altered = restore(base, "--keys", keys.toString());
        assertThat(altered.exit()).isEqualTo(1);
        assertThat(altered.said()).contains("is not as it was written");
        assertThat(elsewhere).doesNotExist();
    }

    /** The server elsewhere serves this location, from its next start on. */
    private void at(String location) throws IOException {
        Files.writeString(elsewhere.resolve("sluse.properties"),
                "sluse.disclosure.allow-private=true\nsluse.location=%s\nsluse.location.%s.country=NO\n"
                        .formatted(location, location.toLowerCase(java.util.Locale.ROOT)));
    }

    private CommandLine.Ended restore(URI base, String... more) {
        var arguments = new ArrayList<>(List.of("restore", place.toString(), "--into", elsewhere.toString(), "--port",
                Integer.toString(base.getPort())));
        arguments.addAll(Arrays.asList(more));
        return CommandLine.run(arguments.toArray(String[]::new));
    }

    /** A patient fills in a questionnaire, and it is delivered. @return the patient's id */
    private static String answer(Clinic clinic, String number) {
        var practitioner = clinic.practitioner();
        var patient = Clinic.json(practitioner.send("POST", "/epr/patients", "{\"number\": \"" + number + "\"}"))
                .get("id")
                .asText();
        var assigned = Clinic.json(practitioner.send("POST", "/epr/assessments",
                "{\"patient\": \"%s\", \"instrument\": \"gad-7\", \"language\": \"en\"}".formatted(patient)));
        Questionnaire.open(clinic, assigned.get("link").asText()).answer(3, 3, 3, 2, 1, 1, 0).finish();
        var path = "/epr/deliveries?assessment=" + assigned.get("id").asText();
        Await.until("it is delivered", 60, TimeUnit.SECONDS,
                () -> practitioner.get(path).body().contains("DELIVERED"));
        return patient;
    }

    /** What people of the clinic see, after a sign-in. */
    private static String seen(Clinic clinic, String session, String patient) {
        var seen = new ArrayList<String>();
        var practitioner = clinic.practitioner();
        for (var path : List.of("/video/sessions/" + session, "/epr/patients",
                "/epr/assessments?patient=" + patient, "/epr/deliveries", "/epr/sandbox")) {
            seen.add(practitioner.get(path).body());
        }
        var administrator = clinic.administrator();
        for (var path : List.of("/core/people", "/core/papers", "/core/ledger")) {
            seen.add(administrator.get(path).body());
        }
        return String.join("\n", seen);
    }
}
