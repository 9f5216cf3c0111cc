// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A clinic with one patient, number N-4, who has a delivered questionnaire and a video session. */
class SubjectIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create().with("video", "{}", "[\"addresses-visible\"]");
    private final Staff administrator;
    private final Staff practitioner;
    private final String patient;

    SubjectIT() {
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        administrator = clinic.administrator();
        practitioner = clinic.practitioner();
        patient = made("/epr/patients", "{\"number\": \"N-4\", \"name\": \"Patient 4\"}").get("id").asText();
        var link = made("/epr/assessments",
                "{\"patient\": \"%s\", \"instrument\": \"gad-7\", \"language\": \"en\"}".formatted(patient));
        Questionnaire.open(clinic, link.get("link").asText()).answer(1, 1, 1, 1, 1, 1, 1).finish();
        made("/video/sessions",
                "{\"startsAt\": \"%s\", \"minutes\": 30, \"patientLabel\": \"N-4\", \"displayName\": \"Kari\"}"
                        .formatted(Instant.now().plusSeconds(60)));
        Await.until("the questionnaire is delivered", 30, TimeUnit.SECONDS,
                () -> Clinic.json(practitioner.get("/epr/deliveries"))
                        .get("deliveries")
                        .findValuesAsText("state")
                        .contains("DELIVERED"));
    }

    @Test
    void gets_everything_from_every_module_that_was_ever_on() {
        administrator.send("PUT", "/core/modules/video", "{\"on\": false}");

        var export = Clinic.json(export(administrator, "json"));

        assertThat(export.get("modules").findValuesAsText("module")).containsExactlyInAnyOrder("epr", "video");
        assertThat(export.toString()).contains("\"table\":\"answer\"", "\"display_name\":\"Kari\"",
                "\"resourceType\":\"QuestionnaireResponse\"");
        assertThat(export.get("accesses").findValuesAsText("action")).contains("CREATE", "DISCLOSE", "READ");
        assertThat(export.get("disclosures")).hasSize(1);
        assertThat(export.get("notSearched")).isEmpty();
    }

    @Test
    void gets_it_as_a_fhir_bundle_and_in_words() {
        var bundle = Clinic.json(export(administrator, "fhir"));
        var words = export(administrator, "text").body();

        assertThat(bundle.get("type").asText()).isEqualTo("collection");
        assertThat(bundle.get("entry")).hasSize(2);
        assertThat(words).contains("Questionnaires, answers and scores (answer)\n", "display_name: Kari\n",
                "Who looked and changed");
        assertThat(export(administrator, "pdf").statusCode()).isEqualTo(422);
    }

    @Test
    void is_nobody_to_a_practitioner_who_asks_and_to_a_part_of_the_number() {
        assertThat(export(practitioner, "json").statusCode()).isEqualTo(403);
        assertThat(administrator.send("POST", "/core/subjects/export", "{\"id\": \"N-\"}").statusCode())
                .isEqualTo(404);
        assertThat(administrator.send("POST", "/core/subjects/export", "{\"id\": \" \"}").statusCode())
                .isEqualTo(422);
    }

    @Test
    void is_erased_and_what_stays_is_told_with_its_reason() {
        var would = Clinic.json(erase(true));
        var second = anotherAdministrator();

        var asked = asked();
        var byId = Clinic.json(administrator.send("POST", "/core/subjects/erasure",
                "{\"id\": \"%s\", \"dryRun\": false}".formatted(patient))).at("/asked/id").asText();

        assertThat(export(administrator, "json").statusCode()).as("one person alone erases nothing").isEqualTo(200);
        assertThat(Clinic.json(second.get("/core/subjects/erasure-requests")).at("/requests/0/person").asText())
                .isEqualTo("N-4");
        assertThat(erasure(administrator, asked).statusCode()).as("who asked").isEqualTo(409);
        assertThat(erasure(practitioner, asked).statusCode()).isEqualTo(403);

        var confirmed = erasure(second, asked);

        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
        var erased = Clinic.json(confirmed);
        assertThat(Clinic.json(second.get("/core/audit?action=DELETE")).toString()).contains("\"Erasure\"", asked);
        var again = second.send("POST", "/core/subjects/erasure",
                "{\"id\": \"%s\", \"dryRun\": false, \"confirms\": \"%s\"}".formatted(patient, byId));
        assertThat(again.statusCode()).as("of whom nothing is left, as after an erasure that was cut off")
                .isEqualTo(200);
        assertThat(Clinic.json(again).get("modules")).isEmpty();
        assertThat(Clinic.json(second.get("/core/subjects/erasure-requests")).get("requests")).isEmpty();
        assertThat(erased.get("dryRun").asBoolean()).isFalse();
        assertThat(erased.get("modules")).isEqualTo(would.get("modules"));
        assertThat(erased.get("kept").findValuesAsText("what")).containsExactly("Entries of the audit log",
                "Rows of the ledger");
        assertThat(export(administrator, "json").statusCode()).isEqualTo(404);
        assertThat(practitioner.get("/epr/patients/" + patient).statusCode()).isEqualTo(404);
        assertThat(Clinic.json(practitioner.get("/epr/sandbox")).toString()).doesNotContain("N-4");
        assertThat(Clinic.json(administrator.get("/core/audit?action=DELETE&patient=" + patient)).get("rows"))
                .hasSize(1);
    }

    @Test
    void is_exported_and_erased_by_the_operator_from_the_command_line(@TempDir Path folder) throws IOException {
        var file = folder.resolve("person.json");

        assertThat(RunningServer.get().command("subject", "export", clinic.id(), "N-4", "--to", file.toString()))
                .isZero();
        assertThat(Files.readString(file)).contains("\"display_name\":\"Kari\"");
        assertThat(RunningServer.get().command("subject", "erase", clinic.id(), "N-4", "--dry-run")).isZero();
        assertThat(export(administrator, "json").statusCode()).isEqualTo(200);
        assertThat(RunningServer.get().command("subject", "erase", clinic.id(), "N-4")).isZero();
        assertThat(export(administrator, "json").statusCode()).as("the operator alone erases nothing").isEqualTo(200);
        var asked = Clinic.json(administrator.get("/core/subjects/erasure-requests")).at("/requests/0/id").asText();
        assertThat(RunningServer.get().command("subject", "erase", clinic.id(), "N-4", "--confirm", asked)).isOne();
        assertThat(RunningServer.get().command("subject", "withdraw", clinic.id(), asked)).isZero();
        assertThat(RunningServer.get().command("subject", "requests", clinic.id())).isZero();
        assertThat(RunningServer.get().command("subject", "erase", clinic.id(), "N-4", "--confirm", asked())).isZero();
        assertThat(RunningServer.get().command("subject", "erase", clinic.id(), "N-4")).isOne();
    }

    @Test
    void stays_readable_when_the_operator_gives_the_clinic_a_new_key() {
        assertThat(RunningServer.get().command("keys", "rotate", clinic.id())).isZero();
        assertThat(RunningServer.get().command("keys", "rotate", "clinic-of-nobody")).isOne();

        assertThat(Clinic.json(export(administrator, "json")).toString()).contains("\"display_name\":\"Kari\"");
        Await.until("the clinic's own trail is told", 30, TimeUnit.SECONDS,
                () -> Clinic.json(administrator.get("/core/audit?action=CHANGE")).toString().contains("ClinicKey"));
    }

    @Test
    void reads_who_has_seen_their_data_and_nothing_of_anybody_elses() {
        var other = made("/epr/patients", "{\"number\": \"N-5\", \"name\": \"Patient 5\"}").get("id").asText();
        var holders = List.of(patient, other)
                .stream()
                .map(each -> Questionnaire.open(clinic, made("/epr/assessments",
                        "{\"patient\": \"%s\", \"instrument\": \"phq-9\", \"language\": \"en\"}".formatted(each))
                        .get("link")
                        .asText()))
                .toList();

        var accesses = Clinic.json(accesses(holders.getFirst().headers(), "")).get("accesses");

        // All of them: how many come first depends on how long the pages of other tests were open.
        var all = whole(holders.getFirst().headers());
        assertThat(all.findValuesAsText("who")).contains("YOU", "STAFF", "SYSTEM");
        assertThat(accesses.findValuesAsText("name")).containsOnly("Practitioner 1");
        assertThat(all.findValuesAsText("action")).contains("DISCLOSE", "CREATE", "CHANGE", "READ");
        var again = Clinic.json(accesses(holders.getFirst().headers(), "")).get("accesses");
        assertThat(again.get(0).get("objectType").asText()).as("that they looked").isEqualTo("Audit");
        assertThat(Clinic.json(accesses(holders.getLast().headers(), "")).get("accesses").size())
                .isLessThan(accesses.size());
        assertThat(accesses(Map.of("Cookie", administrator.cookieHeader()), "").statusCode()).isEqualTo(403);
        assertThat(accesses(Map.of(), "").statusCode()).isEqualTo(401);
        var last = again.get(again.size() - 1);
        assertThat(Clinic.json(accesses(holders.getFirst().headers(), "?before=" + last.get("at").asText()
                + "&beforeId=" + last.get("id").asText())).get("accesses").toString())
                .doesNotContain("\"id\":" + last.get("id").asText() + ",");
    }

    @Test
    void is_in_the_trail_that_an_administrators_programs_read_as_fhir() {
        var found = fhir("?patient=" + patient + "&_count=2");

        assertThat(found.get("entry")).hasSize(2);
        assertThat(found.at("/entry/0/resource/entity").toString()).contains(patient);
        var next = found.findValuesAsText("url").getLast();
        var all = new ArrayList<String>();
        for (var page = Optional.of(next); page.isPresent();) {
            var answer = Clinic.json(
                    Http.send("GET", URI.create(page.get()), Map.of("Cookie", administrator.cookieHeader()), ""));
            answer.get("entry").forEach(entry -> all.add(entry.at("/resource/id").asText()));
            var links = answer.get("link");
            page = links.size() > 1 ? Optional.of(links.get(1).get("url").asText()) : Optional.empty();
        }
        assertThat(all).doesNotHaveDuplicates().hasSizeGreaterThan(2);
        assertThat(fhir("/" + all.getFirst()).get("id").asText()).isEqualTo(all.getFirst());
        assertThat(fhir("?action=C").findValuesAsText("action")).isNotEmpty().containsOnly("C");
        assertThat(fhir("?patient=" + patient + "&date=lt2020-01-01").has("entry")).isFalse();
        for (var wrong : List.of("?action=X", "?outcome=8", "?date=today", "?_after=1", "/nothing")) {
            assertThat(asked(administrator, wrong).statusCode()).as(wrong).isIn(400, 404);
        }
        assertThat(asked(practitioner, "").statusCode()).isEqualTo(403);
        var metadata = clinic.get("/fhir/" + clinic.id() + "/metadata").body();
        assertThat(metadata).contains("AuditEvent", "Questionnaire", "/fhir/" + clinic.id());

        var csv = administrator.get("/core/audit/export?patient=" + patient).body();
        var lines = administrator.get("/core/audit/export?format=ndjson&module=epr&outcome=done")
                .body()
                .lines()
                .toList();
        assertThat(csv.lines().skip(1)).isNotEmpty().allSatisfy(line -> assertThat(line).contains(patient));
        assertThat(lines).isNotEmpty()
                .allSatisfy(line -> assertThat(Clinic.json(line).get("resourceType").asText()).isEqualTo("AuditEvent"));
        assertThat(administrator.get("/core/audit/export?format=pdf").statusCode()).isEqualTo(422);
        assertThat(Clinic.json(administrator.get("/core/audit?module=video&outcome=done"))
                .get("rows")
                .findValuesAsText("module"))
                .isNotEmpty()
                .containsOnly("video");
    }

    /** Page after page, from the newest. */
    private ArrayNode whole(Map<String, String> headers) {
        var all = JsonNodeFactory.instance.arrayNode();
        var query = "";
        while (true) {
            var page = Clinic.json(accesses(headers, query)).get("accesses");
            if (page.isEmpty()) {
                return all;
            }
            page.forEach(all::add);
            var last = page.get(page.size() - 1);
            query = "?before=" + last.get("at").asText() + "&beforeId=" + last.get("id").asText();
        }
    }

    private HttpResponse<String> accesses(Map<String, String> headers, String query) {
        return Http.send("GET", clinic.at("/api/" + clinic.id() + "/epr/accesses" + query), headers, "");
    }

    private JsonNode fhir(String query) {
        return Clinic.json(asked(administrator, query));
    }

    private HttpResponse<String> asked(Staff staff, String query) {
        return Http.send("GET", clinic.at("/fhir/" + clinic.id() + "/AuditEvent" + query),
                Map.of("Cookie", staff.cookieHeader()), "");
    }

    @Test
    void is_shown_and_erased_on_a_page() {
        for (var phone : new boolean[]{true, false}) {
            try (var person = BROWSER.person(phone ? "nb-NO" : "en-GB", phone ? 320 : 1280,
                    phone ? ColorScheme.DARK : ColorScheme.LIGHT)) {
                var page = Browser.signIn(person, clinic, "Administrator 1", "admin/person");
                page.locator("input[name=id]").fill("N-4");
                page.locator("input[name=id]").press("Enter");
                assertThat(page.locator("main")).containsText("Kari");
                Browser.isAccessible(page);
                Browser.doesNotScrollSideways(page);
                Browser.picture(page, "person-" + phone);
                page.locator("details.kept > summary").first().press("Enter");
                assertThat(page.locator("details.kept[open]").first()).containsText("Patient 4");
                Browser.isAccessible(page);
                Browser.doesNotScrollSideways(page);
                Browser.picture(page, "person-unfolded-" + phone);
                if (!phone) {
                    page.locator("main button", new Page.LocatorOptions().setHasText("Erase"))
                            .click();
                    page.locator("dialog button[value=go]").click();
                    assertThat(page.locator("main")).containsText("Waits for a second person");
                    Browser.isAccessible(page);
                    Browser.doesNotScrollSideways(page);
                    Browser.picture(page, "person-asked");
                    page.locator("main button", new Page.LocatorOptions().setHasText("Take back")).click();
                    assertThat(page.locator("main")).not().containsText("Waits for a second person");
                }
                assertThat(BROWSER.complaints()).isEmpty();
            }
        }
        var second = anotherAdministrator();
        for (var id : List.of("N-4", patient)) {
            second.send("POST", "/core/subjects/erasure", "{\"id\": \"%s\", \"dryRun\": false}".formatted(id));
        }
        try (var person = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            var page = Browser.signIn(person, clinic, "Administrator 1", "admin/person");
            page.locator("main button", new Page.LocatorOptions().setHasText("Read and confirm")).first().click();
            page.locator("main button", new Page.LocatorOptions().setHasText("Confirm the erasure")).click();
            page.locator("dialog button[value=go]").click();
            assertThat(page.locator("main")).containsText("Entries of the audit log");
            Browser.isAccessible(page);
            Browser.picture(page, "person-erased");
            page.locator("main button", new Page.LocatorOptions().setHasText("Read and confirm")).click();
            assertThat(page.locator("body")).containsText("Nothing is left of this person");
            assertThat(page.locator("main")).not().containsText("Waits for a second person");
            assertThat(BROWSER.complaints()).isEmpty();
        }
        assertThat(export(administrator, "json").statusCode()).isEqualTo(404);
    }

    private JsonNode made(String path, String body) {
        var answer = practitioner.send("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Clinic.json(answer);
    }

    private static HttpResponse<String> export(Staff staff, String format) {
        return staff.send("POST", "/core/subjects/export",
                "{\"id\": \"N-4\", \"format\": \"%s\", \"lang\": \"en\"}".formatted(format));
    }

    private Staff anotherAdministrator() {
        var added = administrator.send("POST", "/core/people",
                "{\"subject\": \"administrator-2\", \"name\": \"Administrator 2\", \"roles\": [\"administrator\"]}");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        return Staff.signIn(clinic, "administrator-2");
    }

    /** @return what waits for a second person then */
    private String asked() {
        return Clinic.json(erase(false)).at("/asked/id").asText();
    }

    private static HttpResponse<String> erasure(Staff staff, String confirms) {
        return staff.send("POST", "/core/subjects/erasure",
                "{\"id\": \"N-4\", \"dryRun\": false, \"confirms\": \"%s\", \"lang\": \"en\"}".formatted(confirms));
    }

    private HttpResponse<String> erase(boolean dryRun) {
        var answer = administrator.send("POST", "/core/subjects/erasure",
                "{\"id\": \"N-4\", \"dryRun\": %s, \"lang\": \"en\"}".formatted(dryRun));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }
}
