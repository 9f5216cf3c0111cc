// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.sluse.it.VideoPages.button;
import static org.sluse.it.VideoPages.enter;
import static org.sluse.it.VideoPages.seeEachOther;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** More than two people in a session. */
@ResourceLock("media")
class VideoGroupIT {

    /** How many connections of a page carry pictures now. */
    private static final String CARRYING = """
            async () => { let carrying = 0;
              for (const each of window.connections.filter(one => one.connectionState === 'connected')) {
                let bytes = 0; (await each.getStats()).forEach(report => { if (report.type === 'inbound-rtp' && report.kind === 'video') bytes += report.bytesReceived; });
                if (bytes > (each.before ?? 0)) carrying += 1; each.before = bytes; }
              return carrying; }""";

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final VideoPages pages = new VideoPages(
            Clinic.create().with("video", "{}", "[\"addresses-visible\"]"));

    @Test
    void an_interpreter_is_invited_during_a_conversation_joins_it_late_and_is_turned_away_alone() {
        try (var desk = person(1280); var phone = person(390); var interpreters = person(390)) {
            var host = pages.signIn(desk);
            var patient = pages.talk(host, phone);

            button(host, "Invite someone").click();
            host.getByText("Interpreter", new Page.GetByTextOptions().setExact(true)).click();
            host.locator("input[name=label]").fill("Interpreter for Kari");
            host.locator("input[name=displayName]").fill("Max");
            button(host, "Make the invitation").click();
            var link = host.locator("#invitation").inputValue();
            var interpreter = enter(interpreters, Clinic.json("{\"invitation\": \"" + link + "\"}"));
            button(host, "Let in Interpreter for Kari").click();

            for (var page : new Page[]{host, patient, interpreter}) {
                Await.until("pictures of both others arrive", 30, TimeUnit.SECONDS,
                        () -> ((Number) page.evaluate(CARRYING)).intValue() == 2);
                assertThat(page.locator(".tile")).hasCount(2);
            }
            assertThat(patient.locator(".stage")).containsText("Max Interpreter");
            assertThat(interpreter.locator(".stage")).containsText("Kari Patient");
            assertThat(patient.locator("header")).containsText("3 people in this call");
            Browser.isAccessible(patient);
            Browser.picture(host, "group-desk");
            Browser.picture(patient, "group-phone");

            button(host, "Turn away Interpreter for Kari").click();
            host.locator("dialog[open] .button.stop").click();

            assertThat(interpreter.locator("h1")).hasText("The conversation cannot take place now");
            assertThat(host.locator("[role=alert]")).hasText("Max was turned away");
            assertThat(patient.locator(".tile")).hasCount(1);
            seeEachOther(host, patient);
        }
    }

    @Test
    void a_co_host_opens_the_session_by_signing_in_and_once_in_lets_the_patient_in() {
        var clinic = pages.clinic();
        Clinic.operator("POST", "/" + clinic.id() + "/people",
                "{\"subject\": \"practitioner-2\", \"name\": \"Practitioner 2\", \"roles\": [\"practitioner\"]}");
        try (var desk = person(1280); var otherDesk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            var session = pages.plan();
            pages.atDesk(host, session);
            button(host, "Invite someone").click();
            host.getByText("Co-host", new Page.GetByTextOptions().setExact(true)).click();
            host.locator("select[name=staffId]").selectOption("Practitioner 2");
            Browser.isAccessible(host);
            Browser.picture(host, "group-invite-co-host");
            button(host, "Make the invitation").click();
            assertThat(host.locator("#invitation")).hasValue(Pattern.compile(".*/sessions/.*"));
            signIn(otherDesk, Staff.signIn(clinic, "practitioner-2"));
            var coHost = otherDesk.newPage();
            pages.atDesk(coHost, session);
            assertThat(coHost.locator("main")).containsText("The host lets you in.");
            Browser.picture(coHost, "group-co-host-waits");
            var patient = enter(phone, session);

            button(host, "Let in Practitioner 2").click();
            button(coHost, "Let in Patient 4").click();

            for (var page : new Page[]{host, patient, coHost}) {
                Await.until("pictures of both others arrive", 30, TimeUnit.SECONDS,
                        () -> ((Number) page.evaluate(CARRYING)).intValue() == 2);
            }
            Browser.picture(coHost, "group-co-host");
        }
    }

    private static void signIn(BrowserContext desk, Staff who) {
        for (var cookie : who.cookieHeader().split("; ")) {
            desk.addCookies(List.of(new Cookie(cookie.split("=", 2)[0], cookie.split("=", 2)[1])
                    .setUrl(RunningServer.get().base().toString())));
        }
    }

    private static BrowserContext person(int width) {
        var context = BROWSER.person("en-GB", width, ColorScheme.LIGHT);
        context.addInitScript(VideoPages.COUNT_WHAT_ARRIVES);
        return context;
    }
}
