// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.it.VideoPages.button;
import static org.sluse.it.VideoPages.enter;
import static org.sluse.it.VideoPages.seeEachOther;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the pages of video do while the way to the server is gone, and when the server does not want them. */
@ResourceLock("media")
class VideoConnectionIT {

    private static final int TRY_AGAIN_LATER = 1013;
    private static final int TICKET_REFUSED = 4401;

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final VideoPages pages = new VideoPages(
            Clinic.create().with("video", "{}", "[\"addresses-visible\"]"));

    /** The way of one person's sockets to the server, which a test cuts and mends. */
    private static final class Way {

        private int tried;
        private int refusesWith;
        private Optional<WebSocketRoute> open = Optional.empty();

        private Way(BrowserContext person) {
            person.routeWebSocket("**/ws/**", socket -> {
                tried++;
                if (refusesWith == 0) {
                    socket.connectToServer();
                    open = Optional.of(socket);
                } else {
                    close(socket);
                }
            });
        }

        /** From now on each socket, the open one too, is closed with this code. */
        private void refuse(int code) {
            refusesWith = code;
            open.ifPresent(this::close);
            open = Optional.empty();
        }

        private void mend() {
            refusesWith = 0;
        }

        private void close(WebSocketRoute socket) {
            socket.close(new WebSocketRoute.CloseOptions().setCode(refusesWith));
        }
    }

    @Test
    void a_patient_whom_the_server_asks_to_come_later_comes_back_by_themselves_and_keeps_the_place() {
        try (var phone = person()) {
            var way = new Way(phone);
            var patient = enter(phone, pages.plan());

            way.refuse(TRY_AGAIN_LATER);
            assertThat(patient.locator(".banner")).hasText("No connection. We keep your place and keep trying.");
            way.mend();

            assertThat(patient.locator(".banner")).hasCount(0);
            assertThat(patient.locator("h1")).hasText("You are in the waiting room");
            assertThat(patient.getByText("Connected, place kept")).isVisible();
        }
    }

    @Test
    void a_page_whose_ticket_is_refused_three_times_in_a_row_stops_and_says_so() {
        try (var phone = person()) {
            var way = new Way(phone);
            var patient = enter(phone, pages.plan());
            var before = way.tried;

            way.refuse(TICKET_REFUSED);

            assertThat(patient.locator("h1")).hasText("The clinic’s server does not take this connection");
            assertThat(way.tried - before).isEqualTo(2);
            Browser.isAccessible(patient);
        }
    }

    @Test
    void one_refusal_alone_is_no_reason_to_stop() {
        try (var phone = person()) {
            var way = new Way(phone);
            var patient = enter(phone, pages.plan());

            var before = way.tried;

            way.refuse(TICKET_REFUSED);
            way.mend();
            patient.waitForCondition(() -> way.tried > before);

            assertThat(patient.getByText("Connected, place kept")).isVisible();
            assertThat(patient.locator("h1")).hasText("You are in the waiting room");
        }
    }

    @Test
    void whoever_leaves_without_a_connection_is_told_so_until_the_clinic_knows() {
        try (var desk = person(); var phone = person()) {
            var way = new Way(phone);
            var host = pages.signIn(desk);
            var session = pages.plan();
            pages.atDesk(host, session);
            var patient = enter(phone, session);
            assertThat(button(host, "Let in").first()).isVisible();

            way.refuse(TRY_AGAIN_LATER);
            assertThat(patient.locator(".banner")).isVisible();
            button(patient, "Leave").click();
            assertThat(patient.locator("h1")).hasText("You have left");
            assertThat(patient.locator(".banner")).containsText("The clinic does not know it yet.");
            assertThat(button(host, "Let in").first()).isVisible();
            way.mend();

            assertThat(patient.locator(".banner")).hasCount(0);
            assertThat(host.getByText("No one is waiting.")).isVisible();
        }
    }

    @Test
    void whom_a_practitioner_lets_in_without_a_connection_is_let_in_once_it_is_back() {
        try (var desk = person(); var phone = person()) {
            var way = new Way(desk);
            var host = pages.signIn(desk);
            var session = pages.plan();
            pages.atDesk(host, session);
            var patient = enter(phone, session);
            var letIn = host.locator("[data-participant] .button").last();
            assertThat(letIn).hasText(Pattern.compile("Let in"));

            way.refuse(TRY_AGAIN_LATER);
            assertThat(host.locator(".banner")).isVisible();
            letIn.click();
            assertThat(letIn).hasAttribute("aria-disabled", "true");
            assertThat(patient.locator("h1")).hasText("You are in the waiting room");
            way.mend();

            seeEachOther(host, patient);
        }
    }

    @Test
    void whoever_knocks_without_a_connection_is_in_the_waiting_room_only_once_the_server_knows() {
        try (var phone = person()) {
            var way = new Way(phone);
            var patient = VideoPages.check(phone, pages.plan());
            assertThat(patient.getByText("Only you can see this")).isVisible();

            way.refuse(TRY_AGAIN_LATER);
            assertThat(patient.locator(".banner")).hasText("No connection to the clinic’s server. We keep trying.");
            button(patient, "Go to the waiting room").click();
            assertThat(patient.locator("h1")).hasText("Can we see and hear you?");
            way.mend();

            assertThat(patient.locator("h1")).hasText("You are in the waiting room");
        }
    }

    private static BrowserContext person() {
        var context = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT);
        context.addInitScript(VideoPages.COUNT_WHAT_ARRIVES);
        return context;
    }
}
