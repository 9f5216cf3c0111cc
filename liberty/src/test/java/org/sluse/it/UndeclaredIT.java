// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody has put a row into a clinic's ledger that no register had declared; the server keeps its data in a PostgreSQL that the test can reach. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UndeclaredIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final EmbeddedPostgres postgres = cluster();
    private final RunningServer server = RunningServer.start(CommandLine.emptyFolder(), """
            sluse.postgres.url=jdbc:postgresql://127.0.0.1:%d/postgres
            sluse.postgres.user=postgres
            sluse.postgres.password=postgres
            """.formatted(postgres.getPort()));
    private final Clinic clinic = Clinic.create(server);

    @BeforeAll
    void plant() throws SQLException {
        assertThat(compare().get("open").asInt()).as("before").isZero();
        try (var connection = postgres.getDatabase("postgres", "t_" + clinic.id().replace('-', '_')).getConnection();
                var insert = connection.prepareStatement(
                        "insert into core.ledger (id, at, plugin, recipient, name, categories, bytes, revision, result)"
                                + " values (gen_random_uuid(), now() - interval '3 minutes', 'epr', 'vendor', 'Vendor AS', '{ASSESSMENT}', 7, 0, '200')")) {
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    @AfterAll
    void stop() throws IOException {
        server.command("stop");
        postgres.close();
    }

    @Test
    void the_administrator_finds_it_and_says_when_it_was_looked_into_and_the_operator_knows_meanwhile() {
        var found = compare();
        assertThat(found.get("open").asInt()).isEqualTo(1);
        assertThat(found.at("/undeclared/0/why").asText()).isEqualTo("MODULE");
        assertThat(found.at("/undeclared/0/recipient").asText()).isEqualTo("Vendor AS");
        Await.until("the node's health says so", 15, TimeUnit.SECONDS, () -> health().contains("\"undeclared\":1"));
        assertThat(Clinic.json(server.operate("GET", "/comparisons", "")).at("/clinics/0/tenant").asText())
                .isEqualTo(clinic.id());

        try (var person = BROWSER.person("de-DE", 390, ColorScheme.LIGHT)) {
            var page = person.newPage();
            page.navigate(clinic.at("/" + clinic.id() + "/admin/ledger").toString());
            page.locator("a[href*='sign-in/start']").click();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Administrator 1")).click();
            assertThat(page.getByText("Eine Nachricht ging hinaus, die das Verzeichnis nicht angegeben hatte"))
                    .isVisible();
            Browser.isAccessible(page);
            Browser.doesNotScrollSideways(page);
            Browser.picture(page, "ledger-undeclared-de-390");

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ich bin dem nachgegangen")).focus();
            page.keyboard().press("Enter");

            assertThat(page.locator(".banner.tone-stop")).hasCount(0);
            assertThat(BROWSER.complaints()).isEmpty();
        }
        assertThat(compare().get("open").asInt()).isZero();
        Await.until("the node's health says so", 15, TimeUnit.SECONDS, () -> health().contains("\"undeclared\":0"));
    }

    private JsonNode compare() {
        return Clinic.json(clinic.administrator().send("POST", "/core/ledger/comparison", ""));
    }

    private String health() {
        return Http.send("GET", server.base().resolve("/health/ready"), Map.of(), "").body();
    }

    private static EmbeddedPostgres cluster() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }
}
