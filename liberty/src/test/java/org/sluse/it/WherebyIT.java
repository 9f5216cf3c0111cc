// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.it.VideoPages.button;

import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A clinic that chooses Whereby, from its settings to a conversation, with a stand-in for Whereby that takes what is declared and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("media")
class WherebyIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static final String PAPER = """
            {"module": "video", "recipient": "whereby", "kind": "AGREEMENT", "version": "1.0", "signer": "Manager 1", "signedOn": "2026-01-01", "sha256": "%s"}"""
            .formatted("0f".repeat(32));

    private final WherebyServer whereby = new WherebyServer("key-of-the-clinic");
    private final Clinic clinic = Clinic.create();
    private final VideoPages pages = new VideoPages(clinic);

    @AfterAll
    void stop() {
        whereby.close();
    }

    @Test
    void a_clinic_chooses_whereby_and_the_patient_enters_its_room_with_a_name_and_nothing_more() {
        var administrator = clinic.administrator();
        chooseWhereby(administrator);

        var register = administrator.get("/core/register").body();
        assertThat(register).contains("Whereby AS", "Street 1, 0001 Oslo", "the name shown in the call");

        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT);
                var phone = BROWSER.person("de-DE", 320, ColorScheme.DARK)) {
            var host = pages.signIn(desk);
            var session = pages.plan();
            pages.atDesk(host, session);
            var invitation = phone.newPage();
            invitation.navigate(session.get("invitation").asText());
            assertThat(invitation.locator(".passage-line").first()).containsText("Whereby AS");
            Browser.isAccessible(invitation);
            Browser.doesNotScrollSideways(invitation);
            Browser.picture(invitation, "whereby-invitation-phone-dark-de");
            invitation.locator("input[name=consent]").check();
            invitation.locator("button[type=submit].filled").click();
            button(invitation, "Kamera und Mikrofon").first().click();
            button(invitation, "Zum Wartezimmer").click();
            assertThat(whereby.standIn.meetings()).as("before anybody is let in").isEmpty();

            button(host, "Let in Patient 4").click();

            assertThat(invitation.frameLocator("iframe").locator("p")).hasText("The room");
            assertThat(host.frameLocator("iframe").locator("p")).hasText("The room of the host");
            assertThat(invitation.locator("header")).containsText("Ende-zu-Ende-verschlüsselt");
            assertThat(host.locator(".panel")).containsText("Whereby AS receives the name that each shows");
            Browser.isAccessible(host);
            Browser.picture(host, "whereby-desk");
            Browser.picture(invitation, "whereby-phone-dark-de");

            var told = tell("room.client.joined", 2);
            assertThat(told.statusCode()).as(told.body()).isEqualTo(204);
            assertThat(host.locator(".panel")).containsText("In the room of Whereby AS now: 2");
            assertThat(ledger(administrator)).contains("\"HANDED_OVER\"", "\"201\"");

            VideoPages.actAndConfirm(host, "End for all");

            assertThat(invitation.locator("iframe")).hasCount(0);
            Await.until("the room is deleted", 20, TimeUnit.SECONDS, () -> whereby.standIn.meetings()
                    .stream()
                    .noneMatch("1001"::equals));
            var everything = String.join("\n", whereby.standIn.heard());
            assertThat(everything).contains("displayName=Kari")
                    .doesNotContain("Patient 4", clinic.id(), session.get("id").asText(),
                            session.get("participant").asText(), "practitioner-1");
        }

        assertThat(whereby.standIn.faults()).isEmpty();
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void at_a_clinic_without_whereby_no_page_may_show_a_frame_and_nobody_posts_events() {
        var other = Clinic.create().with("video", "{}", "[\"addresses-visible\"]");

        var page = other.get("/" + other.id() + "/j");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).doesNotContain("frame-src");
        assertThat(page.headers().firstValue("Permissions-Policy").orElseThrow()).startsWith("camera=(self), ");
        assertThat(Http.send("POST", other.at("/api/" + other.id() + "/video/whereby/events"),
                Map.of("Content-Type", "application/json"), "{}").statusCode()).isEqualTo(403);
        assertThat(Http.send("POST", other.at("/api/" + other.id() + "/video/tickets/today"),
                Map.of("Content-Type", "application/json"), "{}").body()).as("which is no door")
                .contains("X-Sluse-Request");
    }

    /** Without papers nothing goes on, and the administrator reads which. */
    private void chooseWhereby(Staff administrator) {
        var set = administrator.send("PUT", "/core/modules/video/settings",
                """
                        {"provider": "WHEREBY", "profile": "GERMANY", "wherebyKey": "key-of-the-clinic", "wherebySite": "%s", "wherebyApi": "%s/v1",
                         "wherebyPostalAddress": "Street 1, 0001 Oslo", "wherebyEventKey": "secret-of-the-webhook"}"""
                        .formatted(whereby.site(), whereby.site()));
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(set.body()).contains("There is no agreement with Whereby AS.");
        var without = administrator.send("PUT", "/core/modules/video", "{\"on\": true, \"accept\": []}");
        assertThat(Clinic.json(without).findValuesAsText("code")).containsExactly("paper-AGREEMENT");
        assertThat(administrator.send("POST", "/core/papers", PAPER).statusCode()).isEqualTo(201);
        var on = administrator.send("PUT", "/core/modules/video", "{\"on\": true, \"accept\": []}");
        assertThat(on.statusCode()).as(on.body()).isEqualTo(200);
    }

    /** As Whereby's webhook does: without a header of ours, signed over the bytes. */
    private HttpResponse<String> tell(String type, int people) {
        var now = Instant.now();
        var body = """
                {"id": "event-1", "apiVersion": "1.0", "createdAt": "%s", "type": "%s", "data": {"meetingId": "1001", "roomName": "/room", "subdomain": "clinic",
                 "displayName": "Kari", "roleName": "visitor", "numClients": %d}}"""
                .formatted(now, type, people);
        return Http.send("POST", clinic.at("/api/" + clinic.id() + "/video/whereby/events"),
                Map.of("Content-Type", "application/json", "Whereby-Signature",
                        "t=" + now.getEpochSecond() + ",v1=" + mac(now.getEpochSecond() + "." + body)),
                body);
    }

    private static String mac(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("secret-of-the-webhook".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String ledger(Staff administrator) {
        return administrator.get("/core/ledger?module=video").body();
    }
}
