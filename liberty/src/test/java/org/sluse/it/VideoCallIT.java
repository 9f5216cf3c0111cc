// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.it.VideoPages.actAndConfirm;
import static org.sluse.it.VideoPages.button;
import static org.sluse.it.VideoPages.enter;
import static org.sluse.it.VideoPages.seeEachOther;
import static org.sluse.it.VideoPages.tool;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("media")
class VideoCallIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create().with("video", "{}", "[\"addresses-visible\"]");
    private final VideoPages pages = new VideoPages(clinic);

    @Test
    void a_safety_question_that_is_answered_during_a_call_is_told_without_name_and_answer() {
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        var practitioner = clinic.practitioner();
        var patient = Clinic
                .json(practitioner.send("POST", "/epr/patients", "{\"number\": \"P-1\", \"name\": \"Ada\"}"));
        var assigned = Clinic.json(practitioner.send("POST", "/epr/assessments",
                "{\"patient\": \"%s\", \"instrument\": \"phq-9\", \"language\": \"en\"}"
                        .formatted(patient.get("id").asText())));
        try (var desk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            pages.talk(host, phone);

            Questionnaire.open(clinic, assigned.get("link").asText()).answer("44260-8", 1);

            assertThat(host.locator(".call .banner-text")).hasText("1 safety question was answered");
            assertThat(host.locator("[role=alert]")).hasText("1 safety question was answered");
            assertThat(host.locator(".call .banner a")).hasAttribute("target", "_blank");
            Browser.picture(host, "call-told");
        }
    }

    @Test
    void a_call_goes_through_the_clinics_relay_and_no_other_way_as_soon_as_there_is_one_and_the_patients_browser_meets_nobody_else() {
        try (var relay = TurnServer.open(); var desk = person(1280); var phone = person(390)) {
            clinic.with("video", relay.settings(), "[]");
            var contacted = new ConcurrentSkipListSet<String>();
            phone.onRequest(request -> contacted.add(authority(request.url())));
            phone.onPage(page -> page.onWebSocket(socket -> contacted.add(authority(socket.url()))));

            var host = pages.signIn(desk);
            var patient = pages.talk(host, phone);

            assertThat(contacted).containsExactly(authority(clinic.at("/").toString()));
            assertThat((List<?>) patient.evaluate("window.servers()")).isNotEmpty()
                    .allSatisfy(url -> assertThat(url.toString()).isEqualTo(relay.url()));

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
            var host = pages.signIn(desk);
            var session = pages.plan();
            pages.atDesk(host, session);
            var patient = enter(phone, session);
            patient.reload();
            assertThat(patient.locator("h1")).hasText("You are in the waiting room");

            button(host, "Let in").first().click();
            seeEachOther(host, patient);
            patient.reload();
            seeEachOther(host, patient);

            actAndConfirm(host, "End for all");
            assertThat(patient.locator("h1")).hasText("The conversation has ended");
            assertThat(host.locator("h1")).hasText("The session has ended for everyone");
        }
    }

    @Test
    void how_a_call_was_is_measured_asked_and_read_by_the_practitioner() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            var patient = pages.talk(host, phone);
            for (var page : new Page[]{host, patient}) {
                page.waitForCondition(
                        () -> (Boolean) page.evaluate("window.said.some(text => text.includes('quality'))"));
            }

            actAndConfirm(host, "End for all");
            button(patient, "Some trouble").click();

            assertThat(patient.locator(".status")).hasText("The clinic has your answer.");
            Browser.isAccessible(patient);
            Browser.picture(patient, "call-rated");
            host.reload();
            assertThat(host.locator(".rows .row strong")).hasText(new String[]{"You", "Patient 4"});
            assertThat(host.locator(".rows")).containsText("directly");
            assertThat(host.locator(".rows")).containsText("Said themselves: Some trouble");
            Browser.isAccessible(host);
            Browser.picture(host, "call-was");
        }
    }

    @Test
    void a_practitioner_who_cancels_while_the_patient_waits_reads_that_it_is_cancelled() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            var session = pages.plan();
            pages.atDesk(host, session);
            var patient = enter(phone, session);
            assertThat(button(host, "Let in").first()).isVisible();

            actAndConfirm(host, "Cancel session");

            assertThat(host.locator("h1")).hasText("The session is cancelled");
            assertThat(patient.locator("h1")).hasText("The clinic has cancelled this appointment");
        }
    }

    @Test
    void a_session_is_moved_and_whoever_waits_reads_the_new_time_and_keeps_the_place() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            var session = pages.plan();
            pages.atDesk(host, session);
            var patient = enter(phone, session);

            button(host, "Move session").first().click();
            host.locator(".move input").first().fill("2028-01-11T10:30");
            host.locator(".move button[type=submit]").click();

            assertThat(patient.locator("[role=alert]"))
                    .hasText("The clinic has moved your appointment to 11 January 2028, 10:30 (CET).");
            assertThat(patient.locator("h1")).hasText("You are in the waiting room");
            assertThat(host.locator("#invite-text")).hasValue(
                    Pattern.compile("Your appointment on video is moved: Tuesday,? 11 January.* 10:30.* CET. .*"));
        }
    }

    @Test
    void a_patient_who_is_late_is_told_from_one_who_waits_and_one_who_never_came_cannot_come_any_more() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            var session = pages.plan(Instant.now().minusSeconds(310));
            host.reload();
            assertThat(host.locator(".plain-rows")).containsText("Late, 5 minutes");
            pages.atDesk(host, session);

            actAndConfirm(host, "Nobody came");

            assertThat(host.locator("h1")).hasText("Nobody came to this session");
            var patient = phone.newPage();
            patient.navigate(session.get("invitation").asText());
            assertThat(patient.locator("h1")).hasText("The time of this appointment is over");
        }
    }

    @Test
    void whoever_opens_a_link_that_another_browser_holds_asks_for_a_new_one_and_the_practitioner_reads_it() {
        try (var desk = person(1280); var phone = person(390); var otherPhone = person(390)) {
            var host = pages.signIn(desk);
            var session = pages.plan();
            pages.atDesk(host, session);
            var first = phone.newPage();
            first.navigate(session.get("invitation").asText());
            assertThat(first.locator("input[name=consent]")).isVisible();
            var patient = otherPhone.newPage();
            patient.navigate(session.get("invitation").asText());

            button(patient, "Ask the clinic for a new link").click();

            assertThat(patient.locator("main .status")).containsText("The clinic is asked.");
            Browser.isAccessible(patient);
            Browser.picture(patient, "link-asked-phone");
            assertThat(host.locator(".sheet.rows .status-attention")).containsText("Asks for a new link since");
            Browser.picture(host, "link-asked-desk");
        }
    }

    @Test
    void whoever_waits_by_an_old_link_is_sent_away_by_a_new_one() {
        try (var desk = person(1280); var phone = person(390); var otherPhone = person(390)) {
            var host = pages.signIn(desk);
            var session = pages.plan();
            pages.atDesk(host, session);
            var patient = enter(phone, session);
            assertThat(button(host, "Let in").first()).isVisible();

            actAndConfirm(host, "New link");

            assertThat(patient.locator("h1")).hasText("This link is no longer in use");
            assertThat(button(host, "Let in")).hasCount(0);
            var link = host.locator("#invitation").inputValue();
            enter(otherPhone, Clinic.json("{\"invitation\": \"" + link + "\"}"));
            assertThat(button(host, "Let in").first()).isVisible();
        }
    }

    @Test
    void a_waiting_patient_is_told_that_the_clinic_cancels() {
        try (var phone = person(390)) {
            var session = pages.plan();
            var patient = enter(phone, session);

            clinic.practitioner().send("POST", "/video/sessions/" + session.get("id").asText() + "/cancel", "{}");

            assertThat(patient.locator("h1")).hasText("The clinic has cancelled this appointment");
        }
    }

    @Test
    void a_waiting_patient_whom_nobody_can_see_now_is_told() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            var session = pages.plan();
            pages.atDesk(host, session);
            var patient = enter(phone, session);

            actAndConfirm(host, "Turn away");

            assertThat(patient.locator("h1")).hasText("The conversation cannot take place now");
        }
    }

    @Test
    void the_list_tells_who_is_away_and_whoever_waits_behind_moves_up_at_once() {
        try (var desk = person(1280); var phone = person(390); var otherPhone = person(390)) {
            var host = pages.signIn(desk);
            var first = enter(phone, pages.plan());
            var second = enter(otherPhone, pages.plan());
            var rows = host.locator("[data-participant]");
            assertThat(rows).hasCount(2);
            assertThat(second.locator(".figures")).containsText("Before you1");
            assertThat(second.locator(".figures")).containsText("Your turnabout ");
            Browser.picture(second, "waiting-second");

            first.close();

            assertThat(rows.first()).containsText("Away, place kept");
            assertThat(rows.first().locator(".button.filled")).hasCount(0);
            assertThat(rows.last().locator(".button.filled")).containsText("Let in");
            assertThat(host.locator("h1")).containsText("1 patient is waiting");
            Browser.isAccessible(host);
            Browser.picture(host, "today-away");
            host.setViewportSize(390, 800);
            Browser.doesNotScrollSideways(host);
            Browser.picture(host, "today-away-phone");

            actAndConfirm(host, "Turn away");

            assertThat(second.locator(".figures")).containsText("Before youNo one");
        }
    }

    @Test
    void a_practitioner_asks_to_wait_in_own_words_asks_back_during_the_conversation_and_turns_away() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            var session = pages.plan();
            pages.atDesk(host, session);
            var patient = enter(phone, session);
            button(host, "Ask to wait").first().click();
            host.keyboard().type("Ten minutes");
            Browser.isAccessible(host);
            Browser.picture(host, "ask-to-wait");
            host.keyboard().press("Enter");
            assertThat(patient.locator("h1")).hasText("You are asked to wait a little");
            assertThat(patient.locator(".banner-text")).containsText("Ten minutes");
            Browser.picture(patient, "held");
            button(host, "Let in").first().click();
            seeEachOther(host, patient);
            Browser.picture(host, "call-panel");

            button(host, "Back to the waiting room").press("Enter");

            assertThat(patient.locator("h1")).hasText("You are in the waiting room");
            assertThat(host.locator("[role=alert]")).hasText("Kari is in the waiting room again");
            button(host, "Let in").first().click();
            seeEachOther(host, patient);
            actAndConfirm(host, "Turn away");
            assertThat(patient.locator("h1")).hasText("The conversation cannot take place now");
            assertThat(host.locator("[role=alert]")).hasText("Kari was turned away");
        }
    }

    @Test
    void what_is_written_typed_and_shared_reaches_the_other_side_and_both_read_the_same_code() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            var patient = pages.talk(host, phone);

            tool(host, "Messages").click();
            host.getByLabel("Your message").fill("Take your time");
            host.keyboard().press("Enter");
            assertThat(patient.locator("[role=status]")).hasText("Practitioner 1: Take your time");
            tool(patient, "More").click();
            button(patient, "Messages, 1 new").click();
            assertThat(patient.getByRole(AriaRole.LOG)).containsText("Take your time");
            patient.getByLabel("Your message").fill("Thank you");
            patient.keyboard().press("Enter");
            assertThat(host.getByRole(AriaRole.LOG)).containsText("Thank you");
            look(patient, "call-messages-phone");
            look(host, "call-messages");

            tool(host, "Captions").click();
            host.getByLabel("Type what is said").pressSequentially("How did you sleep?");
            assertThat(patient.locator(".captions")).hasText("How did you sleep?");

            tool(host, "Share").click();
            assertThat(host.locator(".sharing")).isVisible();
            assertThat(host.locator(".panel")).isHidden();
            assertThat(patient.locator("[role=status]")).hasText("Practitioner 1 shows you a screen");
            look(host, "call-sharing");
            look(patient, "call-captions-phone");
            button(host, "Stop sharing").click();
            assertThat(host.locator(".sharing")).hasCount(0);
            assertThat(patient.locator("[role=status]")).hasText("Practitioner 1 no longer shows a screen");
            seeEachOther(host, patient);

            assertThat(code(host)).isEqualTo(code(patient)).matches("\\d{4}( \\d{4}){3}");
            look(host, "call-safety");
        }
        assertThat(BROWSER.complaints()).isEmpty();
    }

    @Test
    void a_practitioner_copies_a_text_in_the_patients_language_and_the_patient_takes_the_appointment_home()
            throws IOException {
        try (var desk = person(1280); var phone = person(320)) {
            var host = pages.signIn(desk);
            host.navigate("/" + clinic.id() + "/sessions/new");
            host.locator("[name=patientLabel]").fill("Patient 4");
            host.locator("[name=displayName]").fill("Kari");
            button(host, "Make the invitation").click();
            var text = host.getByLabel("Text for the patient");
            assertThat(text).hasValue(Pattern.compile("You have an appointment on video, .+ Open: http.+/j#.+"));
            host.getByLabel("Language of the text").selectOption("de");
            assertThat(text).hasValue(Pattern.compile("Sie haben einen Videotermin, .+ Öffnen: http.+/j#.+"));
            look(host, "invitation-text");
            var patient = phone.newPage();
            patient.navigate(host.locator("#invitation").inputValue());

            var file = patient.waitForDownload(() -> button(patient, "Put it in my calendar").click());

            assertThat(file.suggestedFilename()).isEqualTo("appointment.ics");
            assertThat(Files.readString(file.path())).startsWith("BEGIN:VCALENDAR\r\n")
                    .contains("SUMMARY:Appointment on video\r\n")
                    .doesNotContain("Kari", "Patient", "/j", clinic.id());
        }
    }

    @Test
    void whoever_takes_another_microphone_during_a_call_goes_on_being_heard() {
        try (var desk = person(1280); var phone = person(390)) {
            var host = pages.signIn(desk);
            var patient = pages.talk(host, phone);
            tool(host, "More").click();
            button(host, "Camera and sound").click();
            var microphones = host.getByLabel("Microphone", new Page.GetByLabelOptions().setExact(true));
            var before = microphones.inputValue();
            look(host, "call-devices");

            microphones.selectOption(new SelectOption().setIndex(2));

            assertThat(microphones).not().hasValue(before);
            seeEachOther(host, patient);
        }
    }

    private static String code(Page page) {
        tool(page, "More").click();
        button(page, "Safety code").click();
        assertThat(page.locator(".codes .large")).isVisible();
        return page.locator(".codes .large").innerText();
    }

    private static void look(Page page, String name) {
        Browser.doesNotScrollSideways(page);
        Browser.isAccessible(page);
        Browser.picture(page, name);
    }

    private static String authority(String url) {
        return URI.create(url).getAuthority();
    }

    private BrowserContext person(int width) {
        var context = BROWSER.person("en-GB", width, ColorScheme.LIGHT);
        context.addInitScript(VideoPages.COUNT_WHAT_ARRIVES);
        return context;
    }
}
