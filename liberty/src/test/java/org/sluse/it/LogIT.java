// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The log that nobody can edit, from the administrator's page to the command line; the server keeps its data in a PostgreSQL where the test is a superuser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @TempDir
    static Path downloads;

    private final EmbeddedPostgres postgres = cluster();
    private final RunningServer server = RunningServer.start(CommandLine.emptyFolder(), """
            sluse.postgres.url=jdbc:postgresql://127.0.0.1:%d/postgres
            sluse.postgres.user=postgres
            sluse.postgres.password=postgres
            sluse.log.checkpoint-seconds=4
            """.formatted(postgres.getPort()));

    @AfterAll
    void stop() throws IOException {
        server.command("stop");
        postgres.close();
    }

    @Test
    void an_administrator_sees_up_to_when_the_log_is_proved() {
        var clinic = Clinic.create(server);
        clinic.administrator().get("/core/audit");
        try (var person = BROWSER.person("nb-NO", 390, ColorScheme.LIGHT)) {
            var page = person.newPage();
            page.navigate(clinic.at("/" + clinic.id() + "/admin/audit").toString());
            page.locator("a[href*='sign-in/start']").click();
            page.getByRole(AriaRole.BUTTON,
                    new com.microsoft.playwright.Page.GetByRoleOptions().setName("Administrator 1"))
                    .click();
            assertThat(page.getByText(Pattern.compile("hendelser? er bevist"))).isVisible();
            Browser.isAccessible(page);
            Browser.doesNotScrollSideways(page);
            Browser.picture(page, "audit-proved-nb-390");
            assertThat(BROWSER.complaints()).isEmpty();
        }
    }

    @Test
    void what_a_superuser_edits_is_named_by_whoever_verifies_with_or_without_the_server() throws Exception {
        var clinic = Clinic.create(server);
        var administrator = clinic.administrator();
        administrator.get("/core/people");
        proved(administrator);
        var proof = administrator.get("/core/audit/proof");
        assertThat(proof.statusCode()).isEqualTo(200);
        var file = Files.writeString(downloads.resolve("log.jsonl"), proof.body());
        var key = Http.send("GET", server.base().resolve("/api/log-key"), Map.of(), "").body().strip();

        assertThat(verify(clinic.id(), "--key", key).said()).contains("/clinic/" + clinic.id() + ": ").contains(key);
        assertThat(verify(clinic.id()).exit()).isZero();
        assertThat(verify().said()).contains("/operator: ");
        var alone = CommandLine.run("verify-log", file.toString(), "--key", key, "--witness",
                server.data().resolve("witness").toString());
        assertThat(alone.exit()).as(alone.said()).isZero();
        assertThat(CommandLine.run("verify-log", file.toString(), "--key", "other+00000000+AAAA").exit()).isEqualTo(2);

        sql(clinic,
                "update core.audit set actor_id = 'somebody' where id = (select entry from core.leaf where place = 1)");

        var edited = verify(clinic.id());
        assertThat(edited.exit()).isEqualTo(5);
        assertThat(edited.said()).contains("edited: Entry 1 was edited.");
        Files.writeString(file, proof.body().replaceFirst("(\\{\"index\":2,[^\n]*)\"v\":1", "$1\"v\":2"));
        assertThat(CommandLine.run("verify-log", file.toString()).said()).contains("edited: Entry 2 was edited.");
    }

    @Test
    void a_clinic_that_was_rolled_back_is_not_served_until_the_operator_takes_responsibility() throws Exception {
        var clinic = Clinic.create(server);
        var administrator = clinic.administrator();
        proved(administrator);
        administrator.get("/core/people");
        var last = lines(clinic).getLast();
        Await.until("a second checkpoint is witnessed", 20, TimeUnit.SECONDS,
                () -> !lines(clinic).getLast().equals(last));
        var size = Integer.parseInt(last.split("\\\\n")[1]);

        sql(clinic, "delete from core.audit where id in (select entry from core.leaf where place >= " + size + ")",
                "delete from core.leaf where place >= " + size,
                "delete from core.checkpoint where size > " + size);
        var behind = verify(clinic.id());
        assertThat(behind.exit()).isEqualTo(5);
        assertThat(behind.said()).contains("rolled back: The log is as it was when it had");
        administrator.get("/core/people");
        Await.until("the node's health says so", 20, TimeUnit.SECONDS,
                () -> health().contains("\"altered\":1"));
        assertThat(health()).as("it is open to everybody").doesNotContain(clinic.id());
        assertThat(server.operate("GET", "/logs", "").body()).contains("\"clinic/" + clinic.id() + "\":");
        Await.until("the clinic is not served", 15, TimeUnit.SECONDS,
                () -> administrator.get("/core/people").statusCode() == 503);
        assertThat(server.operate("GET", "/log?action=FIND", "").body()).contains("AlteredLog");

        assertThat(verify(clinic.id(), "--acknowledge", "A test has deleted the newest rows").exit()).isZero();

        assertThat(clinic.administrator().get("/core/people").statusCode()).isEqualTo(200);
        var after = verify(clinic.id());
        assertThat(after.exit()).as(after.said()).isZero();
        assertThat(after.said()).contains("A test has deleted the newest rows");
    }

    private String health() {
        return Http.send("GET", server.base().resolve("/health/ready"), Map.of(), "").body();
    }

    private static void proved(Staff administrator) {
        Await.until("something is proved", 15, TimeUnit.SECONDS,
                () -> Clinic.json(administrator.get("/core/audit")).at("/proof/proved").asInt() > 0);
    }

    private List<String> lines(Clinic clinic) {
        try {
            return Files.readAllLines(server.data().resolve("witness/clinic/" + clinic.id() + ".txt"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void sql(Clinic clinic, String... statements) throws SQLException {
        try (var connection = postgres.getDatabase("postgres", "t_" + clinic.id().replace('-', '_')).getConnection();
                var statement = connection.createStatement()) {
            for (var one : statements) {
                statement.executeUpdate(one);
            }
        }
    }

    private CommandLine.Ended verify(String... arguments) {
        var whole = new ArrayList<>(List.of("verify-log"));
        whole.addAll(Arrays.asList(arguments));
        whole.addAll(List.of("--data", server.data().toString()));
        return CommandLine.run(whole.toArray(String[]::new));
    }

    private static EmbeddedPostgres cluster() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }
}
