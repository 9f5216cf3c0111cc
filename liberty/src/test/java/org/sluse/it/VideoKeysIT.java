// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.it.VideoPages.button;
import static org.sluse.it.VideoPages.seeEachOther;
import static org.sluse.it.VideoPages.tool;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Video by keyboard. */
@ResourceLock("media")
class VideoKeysIT {

    /** More than any page of video has. */
    private static final int MOST_STOPS = 40;

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final VideoPages pages = new VideoPages(
            Clinic.create().with("video", "{}", "[\"addresses-visible\"]"));

    @Test
    void a_patient_and_a_practitioner_meet_and_part_without_a_mouse() {
        try (var desk = person(1280); var phone = person(390)) {
            var session = pages.plan();
            var host = pages.signIn(desk);
            pages.atDesk(host, session);
            var patient = phone.newPage();
            patient.navigate(session.get("invitation").asText());

            press(patient, patient.locator("input[name=consent]"), "Space");
            press(patient, patient.locator("button[type=submit]"), "Enter");
            press(patient, button(patient, "Try camera and microphone"), "Enter");
            assertThat(patient.getByText("Only you can see this")).isVisible();
            press(patient, button(patient, "Play a sound"), "Enter");
            press(patient, button(patient, "Yes"), "Space");
            press(patient, button(patient, "Go to the waiting room"), "Enter");
            assertThat(patient.locator("h1")).hasText("You are in the waiting room");
            press(host, button(host, "Let in").first(), "Enter");
            seeEachOther(host, patient);
            press(patient, patient.locator("[role=toolbar] button[tabindex='0']"), "ArrowRight");
            assertThat(tool(patient, "Mute")).isFocused();
            patient.keyboard().press("Space");
            assertThat(tool(patient, "Muted")).isFocused();
            patient.keyboard().press("End");
            assertThat(tool(patient, "Leave")).isFocused();
            patient.keyboard().press("Enter");

            assertThat(patient.locator("h1")).hasText("You have left");
            assertThat(patient.locator("h1")).isFocused();
            assertThat(host.getByText("No one is waiting.")).isVisible();
        }
    }

    @Test
    void letters_that_somebody_types_switch_nothing() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            pages.talk(host, phone);
            host.evaluate(
                    """
                            const field = document.createElement('input'); field.id = 'typed'; field.setAttribute('aria-label', 'Typed');
                            document.querySelector('main').append(field); field.focus();""");

            host.keyboard().type("mv?MV");

            assertThat(host.locator("#typed")).hasValue("mv?MV");
            assertThat(tool(host, "Mute")).isVisible();
            assertThat(tool(host, "Camera")).isVisible();
            assertThat(host.getByRole(AriaRole.DIALOG)).hasCount(0);
            host.locator("#typed").evaluate("field => field.blur()");
            host.keyboard().press("m");
            assertThat(tool(host, "Muted")).isVisible();
        }
    }

    @Test
    void a_call_can_be_had_by_keyboard_alone() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            pages.talk(host, phone);
            host.keyboard().press("m");
            assertThat(tool(host, "Muted")).isVisible();
            assertThat(host.locator("[role=status]")).hasText("Muted");
            host.keyboard().press("v");
            assertThat(tool(host, "Camera off")).isVisible();
            host.keyboard().press("Control+m");
            assertThat(tool(host, "Muted")).isVisible();
            host.keyboard().press("Shift+M");
            host.keyboard().press("v");
            assertThat(tool(host, "Mute")).isVisible();

            assertThat(host.locator("[role=toolbar] button[tabindex='0']")).hasCount(1);
            host.locator("[role=toolbar] button[tabindex='0']").focus();
            host.keyboard().press("End");
            assertThat(tool(host, "End for all")).isFocused();
            host.keyboard().press("ArrowRight");
            assertThat(tool(host, "All keys ?")).isFocused();
            host.keyboard().press("ArrowRight");
            assertThat(tool(host, "Mute")).isFocused();
            host.keyboard().press("Enter");
            assertThat(tool(host, "Muted")).isFocused();
            Browser.isAccessible(host);
        }
    }

    @Test
    void messages_and_sharing_need_no_mouse() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            var patient = pages.talk(host, phone);

            host.keyboard().press("c");
            assertThat(host.getByLabel("Your message")).isFocused();
            host.keyboard().type("mvs");
            host.keyboard().press("Enter");
            assertThat(patient.locator("[role=status]")).containsText("mvs");
            assertThat(tool(host, "Mute")).isVisible();
            host.keyboard().press("Escape");
            assertThat(tool(host, "Messages")).isFocused();
            host.keyboard().press("s");
            assertThat(host.locator(".sharing")).isVisible();
            host.keyboard().press("s");
            assertThat(host.locator(".sharing")).hasCount(0);

            press(patient, patient.locator("[role=toolbar] button[tabindex='0']"), "End");
            patient.keyboard().press("ArrowLeft");
            assertThat(tool(patient, "More")).isFocused();
            patient.keyboard().press("Enter");
            press(patient, button(patient, "Safety code"), "Enter");
            assertThat(patient.locator(".codes .large")).isVisible();
            patient.keyboard().press("Escape");
            assertThat(tool(patient, "More")).isFocused();
        }
    }

    @Test
    void whoever_does_not_want_keys_of_a_single_letter_switches_them_off_and_on_again() {
        try (var desk = person(1280); var phone = person(390)) {
            var patient = pages.talk(pages.signIn(desk), phone);
            var dialog = patient.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Keys"));
            var letters = patient.getByRole(AriaRole.CHECKBOX,
                    new Page.GetByRoleOptions().setName("Keys of a single letter"));

            patient.keyboard().press("?");
            assertThat(dialog).containsText("Camera on or off");
            Browser.isAccessible(patient);
            Browser.picture(patient, "call-keys-phone");
            patient.keyboard().press("m");
            letters.focus();
            patient.keyboard().press("Space");
            patient.keyboard().press("Escape");
            assertThat(dialog).hasCount(0);
            patient.keyboard().press("m");
            patient.keyboard().press("?");
            assertThat(dialog).hasCount(0);
            assertThat(tool(patient, "Mute")).isVisible();

            tool(patient, "All keys ?").press("Enter");
            letters.focus();
            patient.keyboard().press("Space");
            button(patient, "Close").press("Enter");
            patient.keyboard().press("m");
            assertThat(tool(patient, "Muted")).isVisible();
        }
    }

    /** Goes there with Tab alone, as far as the page has stops, and presses the key. */
    private static void press(Page page, Locator there, String key) {
        assertThat(there).isVisible();
        for (var stops = 0; !(Boolean) there.evaluate("one => one === document.activeElement"); stops++) {
            assertThat(stops).as("stops on the way to %s", there).isLessThan(MOST_STOPS);
            page.keyboard().press("Tab");
        }
        page.keyboard().press(key);
    }

    private static BrowserContext person(int width) {
        var context = BROWSER.person("en-GB", width, ColorScheme.LIGHT);
        context.addInitScript(VideoPages.COUNT_WHAT_ARRIVES);
        return context;
    }
}
