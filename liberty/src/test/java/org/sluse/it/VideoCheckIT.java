// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.it.VideoPages.button;
import static org.sluse.it.VideoPages.check;
import static org.sluse.it.VideoPages.goToWaitingRoom;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The device check of a patient on a phone. */
@ResourceLock("media")
class VideoCheckIT {

    /** A person who takes their time before they allow the camera: {@code window.allow()} does, for whatever was asked. */
    private static final String ASKS_FIRST = """
            const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices); window.given = []; window.asked = [];
            window.allow = () => window.asked.splice(0).forEach(give => give());
            navigator.mediaDevices.getUserMedia = wish => new Promise((resolve, reject) => window.asked.push(() =>
              real(wish).then(stream => { window.given.push(stream); resolve(stream); }, reject)));""";

    private static final String TRACKS = "window.given.flatMap(stream => stream.getTracks()).map(track => track.readyState)";

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create().with("video", "{}", "[\"addresses-visible\"]");
    private final VideoPages pages = new VideoPages(clinic);

    @Test
    void a_camera_that_is_allowed_after_the_appointment_was_cancelled_does_not_stay_on() {
        try (var phone = person()) {
            phone.addInitScript(ASKS_FIRST);
            var session = pages.plan();
            var page = check(phone, session);
            page.waitForCondition(() -> (Boolean) page.evaluate("window.asked.length === 1"));
            clinic.practitioner().send("POST", "/video/sessions/" + session.get("id").asText() + "/cancel", "{}");
            assertThat(page.locator("h1")).hasText("The clinic has cancelled this appointment");

            page.evaluate("window.allow()");

            page.waitForCondition(() -> page.evaluate(TRACKS).equals(List.of("ended", "ended")));
        }
    }

    @Test
    void whoever_asks_for_sound_only_before_the_browser_has_answered_is_not_seen() {
        try (var phone = person()) {
            phone.addInitScript(ASKS_FIRST);
            var page = check(phone, pages.plan());
            page.waitForCondition(() -> (Boolean) page.evaluate("window.asked.length === 1"));

            button(page, "Join with sound only").click();
            page.waitForCondition(() -> (Boolean) page.evaluate("window.asked.length === 2"));
            page.evaluate("window.allow()");

            assertThat(page.locator("h1")).hasText("You are in the waiting room");
            page.waitForCondition(() -> page.evaluate("""
                    window.given.flatMap(stream => stream.getTracks()).filter(track => track.readyState === 'live')
                      .map(track => track.kind)""").equals(List.of("audio")));
        }
    }

    @Test
    void a_patient_who_does_not_hear_the_sound_is_told_what_helps_and_may_go_on_and_the_practitioner_reads_it() {
        try (var desk = person(); var phone = person()) {
            var host = pages.signIn(desk);
            var page = check(phone, pages.plan());
            assertThat(page.getByText("Did you hear it?")).hasCount(0);
            var play = button(page, "Play a sound");

            play.press("Enter");
            var answers = page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Did you hear it?"));
            answers.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("No")).press("Enter");
            assertThat(page.locator("li .status-attention")).hasText("Not heard");
            assertThat(page.locator("li p")).containsText("Turn the volume up");
            Browser.picture(page, "device-check-unheard-phone");

            button(page, "Go to the waiting room").press("Enter");
            assertThat(host.locator("[data-participant] .status-attention")).hasText("Does not hear");
        }
    }

    @Test
    void a_patient_who_hears_the_sound_at_the_second_try_is_ready() {
        try (var phone = person()) {
            var page = check(phone, pages.plan());
            var play = button(page, "Play a sound");
            var answers = page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Did you hear it?"));
            play.press("Enter");
            answers.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("No")).press("Enter");

            play.press("Enter");
            assertThat(page.locator("li .status-attention")).hasCount(0);
            answers.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Yes")).press("Enter");
            assertThat(page.locator("li:has(#sound-question) .status-ok")).hasText("Working");
            assertThat(page.locator("li p")).hasCount(0);
            goToWaitingRoom(page);
        }
    }

    @Test
    void tries_the_clinics_relay_and_gives_it_back() {
        try (var relay = TurnServer.open(); var phone = person()) {
            clinic.with("video", relay.settings(), "[]");

            var page = check(phone, pages.plan());

            assertThat(page.locator("li:has-text('Connection') .status")).hasText("Good");
            assertThat(relay.log()).contains("ALLOCATE processed, success");
            assertThat(page.evaluate("window.connections.map(each => each.connectionState)"))
                    .isEqualTo(List.of("closed"));
        }
    }

    @Test
    void says_that_the_way_is_weak_where_the_network_lets_only_tcp_through_and_the_practitioner_sees_it() {
        try (var relay = TurnServer.open(); var desk = person(); var phone = person()) {
            clinic.with("video", relay.settingsByTcp(), "[]");
            var session = pages.plan();
            var host = pages.signIn(desk);
            pages.atDesk(host, session);

            var page = check(phone, session);

            assertThat(page.locator("li:has-text('Connection') .status"))
                    .hasText("Weak");
            assertThat(page.locator("li p")).containsText("Sound will work, the picture may stop at times.");
            Browser.isAccessible(page);
            Browser.picture(page, "device-check-weak-phone");
            goToWaitingRoom(page);
            assertThat(host.locator("[data-participant] .status-attention")).hasText("Weak connection");
        }
    }

    @Test
    void says_that_the_relay_is_not_reached_and_what_helps() {
        try (var phone = person()) {
            clinic.with("video", TurnServer.settingsOfNobody(), "[]");

            var page = check(phone, pages.plan());

            assertThat(page.locator("li:has-text('Connection') .status"))
                    .hasText("Relay not reached");
            assertThat(page.locator("li p")).containsText("Try another network");
            Browser.isAccessible(page);
            Browser.picture(page, "device-check-no-relay-phone");
        }
    }

    private static BrowserContext person() {
        var context = BROWSER.person("en-GB", 390, ColorScheme.LIGHT);
        context.addInitScript(VideoPages.COUNT_WHAT_ARRIVES);
        return context;
    }
}
