// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.it.VideoPages.button;
import static org.sluse.it.VideoPages.enter;
import static org.sluse.it.VideoPages.seeEachOther;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What waiting rooms and calls outlive, and what ends them at once. */
@ResourceLock("media")
class VideoEndureIT {

    private static final int MINUTE_AND_A_HALF = 90_000;

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final VideoPages pages = new VideoPages(
            Clinic.create().with("video", "{}", "[\"addresses-visible\"]"));

    /** A network that nothing comes through, while no side is told that its sockets are gone. */
    private static final class Network {

        private final BrowserContext person;
        private volatile boolean isThere = true;

        private Network(BrowserContext person) {
            this.person = person;
            person.routeWebSocket("**/ws/**", page -> {
                var server = page.connectToServer();
                page.onMessage(frame -> {
                    if (isThere) {
                        server.send(frame.text());
                    }
                });
                server.onMessage(frame -> {
                    if (isThere) {
                        page.send(frame.text());
                    }
                });
            });
        }

        private void lose() {
            isThere = false;
            person.setOffline(true);
        }

        private void find() {
            isThere = true;
            person.setOffline(false);
        }
    }

    /** The page lives through the minute and a half by its own clock; nothing on the server counts it: a place has no time-out. */
    @Test
    void a_patient_who_is_without_network_for_ninety_seconds_keeps_the_place() {
        try (var desk = person(1280); var phone = person(390)) {
            var network = new Network(phone);
            phone.clock().install();
            var host = pages.signIn(desk);
            var session = pages.plan();
            pages.atDesk(host, session);
            var patient = enter(phone, session);
            assertThat(button(host, "Let in").first()).isVisible();

            network.lose();
            phone.clock().fastForward(MINUTE_AND_A_HALF);
            var banner = patient.locator(".banner.tone-wait");
            assertThat(banner).hasText("No connection. We keep your place and keep trying.");
            network.find();

            assertThat(banner).hasCount(0);
            assertThat(patient.locator("h1")).hasText("You are in the waiting room");
            button(host, "Let in").first().click();
            seeEachOther(host, patient);
        }
    }

    @Test
    void a_host_who_loads_the_page_again_goes_on_with_the_conversation_and_whoever_is_revoked_is_out_within_a_second() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            var session = pages.plan();
            pages.atDesk(host, session);
            var patient = enter(phone, session);
            button(host, "Let in").first().click();
            seeEachOther(host, patient);

            host.reload();
            seeEachOther(host, patient);

            var practitioner = pages.clinic().practitioner();
            var place = "/video/sessions/%s/participants/%s".formatted(session.get("id").asText(),
                    session.get("participant").asText());
            var from = System.nanoTime();
            var revoked = practitioner.send("DELETE", place, "");
            assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(200);
            for (var page : new Page[]{patient, host}) {
                Await.until("no picture and no sound goes to or comes from whoever was revoked", 10, TimeUnit.SECONDS,
                        () -> (Boolean) page
                                .evaluate("connections.every(each => each.connectionState === 'closed')"));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(1));
            assertThat(patient.locator("h1")).hasText("The conversation cannot take place now");
        }
    }

    private static BrowserContext person(int width) {
        var context = BROWSER.person("en-GB", width, ColorScheme.LIGHT);
        context.addInitScript(VideoPages.COUNT_WHAT_ARRIVES);
        return context;
    }
}
