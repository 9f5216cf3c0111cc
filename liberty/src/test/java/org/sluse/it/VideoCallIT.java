// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

class VideoCallIT {

    /** What each side reads; the two call pages have the same words for it. */
    private static final String SWITCHED_OFF = "The clinic has switched video off. The conversation has ended.";

    /** Sums what each connection of the page has received, so that a test can see it grow; tells the way it took and what it was told of the other side. */
    private static final String COUNT_WHAT_ARRIVES = """
            const Real = window.RTCPeerConnection; window.connections = [];
            window.told = []; window.candidates = () => window.told;
            window.RTCPeerConnection = class extends Real { constructor(...all) { super(...all); window.connections.push(this); }
              addIceCandidate(one) { if (one && one.candidate) window.told.push(one.candidate); return super.addIceCandidate(one); } };
            window.way = async () => { const all = new Map(); (await window.connections.at(-1).getStats()).forEach(report => all.set(report.id, report));
              const pair = all.get([...all.values()].find(report => report.type === 'transport').selectedCandidatePairId);
              return all.get(pair.localCandidateId).candidateType + ' ' + all.get(pair.remoteCandidateId).candidateType; };
            window.received = async kind => { let bytes = 0; for (const each of window.connections) (await each.getStats()).forEach(report => {
              if (report.type === 'inbound-rtp' && report.kind === kind) bytes += report.bytesReceived; }); return bytes; };""";

    private static @Nullable Browser browser;
    private final Clinic clinic = Clinic.create().with("video", "{}", "[\"addresses-visible\"]");

    @BeforeAll
    static void open() {
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void two_people_see_and_hear_each_other_until_the_clinic_switches_video_off_and_again_once_it_is_on() {
        var administrator = clinic.administrator();
        assertThat(registered(administrator)).containsExactly("video");
        try (var desk = person(1280); var phone = person(390); var otherPhone = person(390)) {
            var host = signIn(desk);
            var patient = talk(host, phone);
            Browser.picture(host, "call-desk");
            Browser.picture(patient, "call-phone");

            var switchedOff = System.nanoTime();
            Clinic.operator("PUT", "/" + clinic.id() + "/plugins/video", "{\"on\": false}");
            Await.until("both are told", 2, TimeUnit.SECONDS, () -> host.content().contains(SWITCHED_OFF)
                    && patient.content().contains(SWITCHED_OFF));
            assertThat(System.nanoTime() - switchedOff).isLessThan(TimeUnit.SECONDS.toNanos(2));
            assertThat(clinic.get("/api/" + clinic.id() + "/video/sessions").statusCode()).isEqualTo(404);
            assertThat(registered(administrator)).isEmpty();
            Browser.picture(host, "call-switched-off-desk");
            Browser.picture(patient, "call-switched-off-phone");

            clinic.with("video", "{}", "[]");
            assertThat(registered(administrator)).containsExactly("video");
            talk(host, otherPhone);
        }
    }

    @Test
    void a_call_goes_through_the_clinics_relay_and_no_other_way_as_soon_as_there_is_one() {
        try (var relay = TurnServer.open(); var desk = person(1280); var phone = person(390)) {
            clinic.with("video", relay.settings(), "[]");

            var host = signIn(desk);
            var patient = talk(host, phone);

            for (var page : new Page[]{host, patient}) {
                assertThat(page.evaluate("window.way()")).isEqualTo("relay relay");
                assertThat((List<?>) page.evaluate("window.candidates()")).isNotEmpty()
                        .allSatisfy(
                                candidate -> assertThat(candidate.toString()).contains(" typ relay ")
                                        .contains("raddr 0.0.0.0"));
            }
        }
    }

    @Test
    void a_patient_who_loads_the_page_again_keeps_the_place_and_both_are_told_of_the_end() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = signIn(desk);
            var session = plan();
            host.navigate("/" + clinic.id() + "/sessions/" + session.get("id").asText());
            var patient = enter(phone, session);
            patient.reload();
            assertThat(patient.locator("h1")).hasText("You are in the waiting room");

            host.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Let in")).first().click();
            sees(host, patient);
            patient.reload();
            sees(host, patient);

            actAndConfirm(host, "End for all");
            assertThat(patient.locator("h1")).hasText("The conversation has ended");
            assertThat(host.locator("h1")).hasText("The session has ended for everyone");
        }
    }

    @Test
    void a_patient_who_does_not_hear_the_sound_is_told_what_helps_and_may_go_on() {
        try (var phone = person(390)) {
            var page = check(phone, plan());
            assertThat(page.getByText("Did you hear it?")).hasCount(0);
            var play = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Play a sound"));

            play.press("Enter");
            var answers = page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Did you hear it?"));
            answers.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("No")).press("Enter");
            assertThat(page.locator("li .status-attention")).hasText("Not heard");
            assertThat(page.locator("li p")).containsText("Turn the volume up");
            Browser.picture(page, "device-check-unheard-phone");

            play.press("Enter");
            assertThat(page.locator("li .status-attention")).hasCount(0);
            answers.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Yes")).press("Enter");
            assertThat(page.locator("li:has(#sound-question) .status-ok")).hasText("Working");
            assertThat(page.locator("li p")).hasCount(0);
            goToWaitingRoom(page);
        }
    }

    @Test
    void a_waiting_patient_is_told_that_the_clinic_cancels() {
        try (var phone = person(390)) {
            var session = plan();
            var patient = enter(phone, session);

            clinic.practitioner().send("POST", "/video/sessions/" + session.get("id").asText() + "/cancel", "{}");

            assertThat(patient.locator("h1")).hasText("The clinic has cancelled this appointment");
        }
    }

    @Test
    void a_waiting_patient_whom_nobody_can_see_now_is_told() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = signIn(desk);
            var session = plan();
            host.navigate("/" + clinic.id() + "/sessions/" + session.get("id").asText());
            var patient = enter(phone, session);

            actAndConfirm(host, "Turn away");

            assertThat(patient.locator("h1")).hasText("The conversation cannot take place now");
        }
    }

    /** A new session, from its planning until both see and hear each other. */
    private Page talk(Page host, BrowserContext phone) {
        var session = plan();
        host.navigate("/" + clinic.id() + "/sessions/" + session.get("id").asText());
        var patient = enter(phone, session);
        host.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Let in")).first().click();
        sees(host, patient);
        return patient;
    }

    /** The button, and the button of the question that it asks. */
    private static void actAndConfirm(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).first().click();
        page.locator("dialog[open]")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name))
                .click();
    }

    /** Each side sees and hears the other. */
    private static void sees(Page host, Page patient) {
        for (var page : new Page[]{host, patient}) {
            for (var kind : new String[]{"video", "audio"}) {
                grows(page, kind);
            }
        }
    }

    private static List<String> registered(Staff administrator) {
        return Clinic.json(administrator.get("/core/register")).get("rows").findValuesAsText("module");
    }

    private static void grows(Page page, String kind) {
        Await.until(kind + " arrives", 30, TimeUnit.SECONDS,
                () -> ((Number) page.evaluate("window.received('" + kind + "')")).longValue() > 0);
        var before = ((Number) page.evaluate("window.received('" + kind + "')")).longValue();
        Await.until(kind + " goes on arriving", 30, TimeUnit.SECONDS,
                () -> ((Number) page.evaluate("window.received('" + kind + "')")).longValue() > before);
    }

    private JsonNode plan() {
        var planned = clinic.practitioner()
                .send("POST", "/video/sessions",
                        "{\"startsAt\": \"%s\", \"minutes\": 30, \"patientLabel\": \"Patient 4\", \"displayName\": \"Kari\"}"
                                .formatted(Instant.now().plusSeconds(60)));
        assertThat(planned.statusCode()).as(planned.body()).isEqualTo(201);
        return Clinic.json(planned);
    }

    private BrowserContext person(int width) {
        var context = Objects.requireNonNull(browser).person("en-GB", width, ColorScheme.LIGHT);
        context.addInitScript(COUNT_WHAT_ARRIVES);
        return context;
    }

    private Page enter(BrowserContext phone, JsonNode session) {
        var page = check(phone, session);
        goToWaitingRoom(page);
        return page;
    }

    /** The patient's page, as far as the device check. */
    private static Page check(BrowserContext phone, JsonNode session) {
        var page = phone.newPage();
        page.navigate(session.get("invitation").asText());
        page.locator("input[name=consent]").check();
        page.locator(".foot button.filled, button[type=submit].filled").first().click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try camera and microphone")).click();
        return page;
    }

    private static void goToWaitingRoom(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Go to the waiting room")).click();
        assertThat(page.locator("h1")).hasText("You are in the waiting room");
    }

    private Page signIn(BrowserContext desk) {
        var page = desk.newPage();
        page.navigate("/" + clinic.id() + "/today");
        page.locator("a[href*='sign-in/start']").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Practitioner 1")).click();
        page.waitForURL("**/" + clinic.id() + "/today");
        return page;
    }
}
