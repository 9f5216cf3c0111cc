// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** The disks of a server are full, one after the other: that of its database, where data and trail are, that of the backups, and that of the witness of its logs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIf(value = "isPossible", disabledReason = "SKIPPED: this user may not mount a disk; right would be root, as CI has it")
class DiskFullIT {

    private static final String PROBLEM = "https://sluse.org/problem/";

    private SmallDisk database;
    private SmallDisk place;
    private SmallDisk witness;
    private Crashes crashes;
    private Clinic clinic;
    private Staff practitioner;

    static boolean isPossible() {
        return SmallDisk.isPossible();
    }

    @BeforeAll
    void begin() {
        var data = CommandLine.emptyFolder();
        database = SmallDisk.mount(data.resolve("postgres"), 400);
        place = SmallDisk.mount(Path.of(data + "-place"), 16);
        witness = SmallDisk.mount(Path.of(data + "-witness"), 1);
        crashes = new Crashes(data, """
                sluse.backup.place=%s
                sluse.witness=%s
                sluse.locations=Frankfurt, Hamina
                sluse.location.frankfurt.backups-in=Hamina
                sluse.location.hamina.country=FI
                """.formatted(place.folder(), witness.folder()));
        clinic = Clinic.create(crashes.server());
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        practitioner = clinic.practitioner();
    }

    @AfterAll
    void end() {
        if (crashes != null) {
            crashes.server().command("stop");
        }
        Stream.of(database, place, witness).filter(Objects::nonNull).forEach(SmallDisk::close);
    }

    @Test
    void nothing_is_answered_while_data_and_trail_cannot_be_written_and_nothing_that_was_is_lost() {
        var patient = Clinic.json(add("P-0")).get("id").asText();
        var work = new Work(clinic);
        try {
            work.begin(1);
            database.fill();

            Await.until("nobody is let in unseen", 180, TimeUnit.SECONDS,
                    () -> isRefused(() -> practitioner.get("/epr/patients/" + patient)));
            Await.until("nothing is taken", 30, TimeUnit.SECONDS, () -> isRefused(() -> add("P-1")));
            database.free();

            Await.until("it goes on by itself", 120, TimeUnit.SECONDS, () -> status(() -> add("P-2")) == 201);
        } finally {
            database.free();
            work.pause();
        }
        work.requireKept(crashes);
        assertThat(crashes.server().command("verify-log", clinic.id())).isZero();
    }

    @Test
    void a_backup_without_room_is_refused_and_the_next_one_is_whole() {
        place.fill();

        var refused = backup();
        assertThat(refused.exit()).as(refused.said()).isOne();
        assertThat(refused.said()).contains(clinic.id());
        place.free();

        var made = backup();
        assertThat(made.exit()).as(made.said()).isZero();
    }

    @Test
    void a_checkpoint_that_the_witness_has_no_room_for_is_an_alarm_until_it_has_it() {
        witness.fill();
        // Whose file is not there yet: a page that a file has already takes some checkpoints more.
        var late = Clinic.create(crashes.server());
        var administrator = late.administrator();

        Await.until("the node's health says so", 60, TimeUnit.SECONDS, () -> {
            administrator.get("/core/people");
            return health().contains("\"unwritable\"");
        });
        assertThat(crashes.server().operate("GET", "/logs", "").body()).contains("\"UNWRITABLE\"");
        assertThat(administrator.get("/core/people").statusCode()).as("clinics are served").isEqualTo(200);
        witness.free();

        Await.until("the alarm is over", 30, TimeUnit.SECONDS, () -> health().contains("\"usable\""));
        assertThat(witness.folder().resolve("clinic/" + late.id() + ".txt")).isNotEmptyFile();
        assertThat(crashes.server().command("verify-log", late.id())).isZero();
        assertThat(crashes.server().command("verify-log")).isZero();
    }

    private String health() {
        return Http.send("GET", crashes.server().base().resolve("/health/ready"), Map.of(), "").body();
    }

    private CommandLine.Ended backup() {
        return CommandLine.run("backup", clinic.id(), "--data", crashes.server().data().toString());
    }

    private HttpResponse<String> add(String number) {
        return practitioner.send("POST", "/epr/patients", "{\"number\": \"" + number + "\"}");
    }

    /** With a sentence, not with a page of the server's. */
    private static boolean isRefused(Supplier<HttpResponse<String>> call) {
        try {
            var answer = call.get();
            return answer.statusCode() >= 500 && answer.body().contains(PROBLEM);
        } catch (RuntimeException cutOff) {
            return false;
        }
    }

    private static int status(Supplier<HttpResponse<String>> call) {
        try {
            return call.get().statusCode();
        } catch (RuntimeException cutOff) {
            return 0;
        }
    }
}
