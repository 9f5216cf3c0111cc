// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A clinic with one patient, which takes everything along and leaves. */
@ResourceLock("leaving")
class LeaveIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create().with("video", "{}", "[\"addresses-visible\"]");
    private final Staff practitioner = clinic.practitioner();

    @TempDir
    private Path folder = Path.of("");

    LeaveIT() {
        var session = practitioner.send("POST", "/video/sessions",
                "{\"startsAt\": \"%s\", \"minutes\": 30, \"patientLabel\": \"N-4\", \"displayName\": \"Kari\"}"
                        .formatted(Instant.now().plusSeconds(60)));
        assertThat(session.statusCode()).as(session.body()).isEqualTo(201);
    }

    @Test
    void takes_everything_along_in_files_that_are_compared_with_their_hashes() throws IOException {
        var whole = folder.resolve("whole");

        assertThat(tenant("export", clinic.id(), "--to", folder.resolve("whole.zip").toString())).isZero();
        assertThat(tenant("export", clinic.id(), "--to", whole.toString())).isZero();
        assertThat(tenant("export", clinic.id(), "--to", whole.toString())).as("it is there already").isOne();

        var manifest = Clinic.json(Files.readString(whole.resolve("manifest.json")));
        assertThat(manifest.get("persons").asInt()).isEqualTo(1);
        assertThat(manifest.get("unfound").asInt()).isZero();
        assertThat(manifest.get("people").asInt()).isEqualTo(2);
        try (var persons = Files.list(whole.resolve("persons/video"))) {
            assertThat(persons.map(LeaveIT::text)).hasSize(3).anyMatch(text -> text.contains("display_name: Kari"));
        }
        assertThat(text(whole.resolve("people.json"))).contains("Administrator");
        assertThat(text(whole.resolve("register.json"))).contains("BEGIN PUBLIC KEY");
        assertThat(text(whole.resolve("audit.csv"))).contains("VideoSession");
        assertThat(text(whole.resolve("settings/video.json"))).contains("fields");
        assertThat(RunningServer.get().command("verify-log", whole.resolve("audit-proof.jsonl").toString())).isZero();
    }

    @Test
    void is_gone_once_an_administrator_has_asked_and_the_operator_has_carried_it_out() throws IOException {
        assertThat(tenant("offboard", clinic.id())).as("nobody has asked").isOne();

        asksOnThePage();

        assertThat(practitioner.get("/core/leave").statusCode()).isEqualTo(403);
        assertThat(tenant("offboard", clinic.id(), "--dry-run")).isZero();
        assertThat(clinic.administrator().get("/core/leave").body()).contains("Administrator");
        assertThat(tenant("offboard", clinic.id())).isZero();

        for (var path : List.of("/%s/today", "/api/%s/core/sign-in", "/api/%s/video/sessions", "/fhir/%s/metadata")) {
            var gone = clinic.get(path.formatted(clinic.id()));
            var unknown = clinic.get(path.formatted("clinic-of-nobody"));
            assertThat(gone.statusCode()).as(path).isEqualTo(unknown.statusCode());
            assertThat(gone.body().replace(clinic.id(), "")).as(path)
                    .isEqualTo(unknown.body().replace("clinic-of-nobody", ""));
        }
        assertThat(Clinic.operator("POST", "", "{\"name\": \"%s\"}".formatted(clinic.id().replace('-', ' ')))
                .statusCode()).as("its id is given to nobody").isEqualTo(409);
        var certificate = folder.resolve("certificate.json");
        assertThat(tenant("certificate", clinic.id(), "--to", certificate.toString())).isZero();
        assertThat(tenant("certificate", certificate.toString())).isZero();
        var altered = folder.resolve("altered.json");
        Files.writeString(altered, text(certificate).replace("Administrator", "Somebody else"));
        assertThat(tenant("certificate", altered.toString())).isOne();
    }

    private void asksOnThePage() {
        for (var phone : new boolean[]{true, false}) {
            try (var person = BROWSER.person(phone ? "nb-NO" : "en-GB", phone ? 320 : 1280,
                    phone ? ColorScheme.DARK : ColorScheme.LIGHT)) {
                var page = Browser.signIn(person, clinic, "Administrator 1", "admin/leave");
                Browser.isAccessible(page);
                Browser.doesNotScrollSideways(page);
                Browser.picture(page, "leave-" + phone);
                if (!phone) {
                    page.locator("main button", new Page.LocatorOptions().setHasText("Ask to end it")).click();
                    page.locator("#dialog-type").fill(name());
                    page.locator("dialog button[value=go]").click();
                    assertThat(page.locator("main")).containsText("Administrator asked for it");
                    Browser.isAccessible(page);
                    Browser.picture(page, "leave-asked");
                }
                assertThat(BROWSER.complaints()).isEmpty();
            }
        }
    }

    private String name() {
        return Clinic.json(clinic.administrator().get("/core/leave")).get("clinic").asText();
    }

    private static int tenant(String... arguments) {
        var whole = new String[arguments.length + 1];
        whole[0] = "tenant";
        System.arraycopy(arguments, 0, whole, 1, arguments.length);
        return RunningServer.get().command(whole);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
