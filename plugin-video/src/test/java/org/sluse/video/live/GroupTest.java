// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.live.CloseCode;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.KnownTenant;
import org.sluse.video.admission.Admission;
import org.sluse.video.admission.JoinToken;
import org.sluse.video.session.InviteParticipant;
import org.sluse.video.session.ScheduleSession;
import org.sluse.video.session.SessionState;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessions;

/** A session with a patient and a host, to which a relative comes, and whoever else is invited. */
class GroupTest extends OneSession {

    private String relative;
    private RememberingSocket relativesPage;

    @BeforeEach
    void a_relative_comes() {
        relative = invite("RELATIVE", "Mother of patient 4", "Anna");
        relativesPage = waits(relative);
    }

    @Test
    void each_has_a_place_of_their_own_and_is_let_in_alone() {
        says("admit", relative);

        assertThat(relativesPage.last("state")).contains("\"ADMITTED\"");
        assertThat(relativesPage.last("admitted")).contains("token");
        assertThat(patient.last("state")).contains("\"WAITING\"");
        assertThat(patient.last("admitted")).isEmpty();
    }

    @Test
    void the_host_sees_each_of_them_in_the_clinics_words_which_nobody_else_does() {
        says("admit", relative);
        admit();

        assertThat(host.last("waiting")).contains("\"label\":\"Mother of patient 4\"")
                .contains("\"label\":\"Patient 4\"")
                .contains("\"role\":\"RELATIVE\"");
        assertThat(String.join("", relativesPage.heard) + String.join("", patient.heard)).doesNotContain("atient 4");
    }

    @Test
    void everybody_who_is_in_reads_who_else_is_by_name_and_role_and_whoever_waits_does_not() {
        admit();
        assertThat(patient.last("people")).contains("\"role\":\"HOST\"")
                .contains("Practitioner 1")
                .doesNotContain("Anna");
        assertThat(relativesPage.last("people")).isEmpty();

        says("admit", relative);

        assertThat(patient.last("people")).contains("\"role\":\"RELATIVE\"").contains("\"name\":\"Anna\"");
        assertThat(relativesPage.last("people")).contains("\"role\":\"PATIENT\"").contains("\"name\":\"Kari\"");
        assertThat(host.last("people")).contains("Kari").contains("Anna").doesNotContain("Practitioner 1");
    }

    @Test
    void whoever_is_asked_back_and_let_in_again_reads_again_who_is_in() {
        admit();
        says("back", session.participant());
        var before = patient.all("people").size();

        admit();

        assertThat(patient.all("people")).hasSize(before + 1);
    }

    @Test
    void each_two_have_a_connection_of_their_own_with_one_who_offers() {
        says("admit", relative);
        admit();

        ready(host);
        ready(patient);
        ready(relativesPage);

        var connections = new TreeSet<String>();
        for (var page : new RememberingSocket[]{host, patient, relativesPage}) {
            assertThat(page.all("start")).hasSize(2);
            page.all("start")
                    .forEach(start -> connections.add(start.replaceAll(".*\"connection\":\"([^\"]+)\".*", "$1")));
        }
        assertThat(connections).hasSize(3);
        assertThat(host.all("start")).allMatch(start -> start.contains("\"offerer\":true"));
        var offered = patient.all("start").stream().filter(start -> start.contains("\"offerer\":true")).count()
                + relativesPage.all("start").stream().filter(start -> start.contains("\"offerer\":true")).count();
        assertThat(offered).isEqualTo(1);
    }

    @Test
    void a_signal_reaches_the_one_it_is_for_and_by_no_connection_of_two_others() {
        says("admit", relative);
        admit();
        ready(host);
        ready(patient);
        var ofHostAndPatient = connection(patient);
        ready(relativesPage);

        offers(host, session.participant(), ofHostAndPatient, "v=0");
        assertThat(patient.last("offer")).contains("v=0");
        assertThat(relativesPage.last("offer")).isEmpty();

        offers(relativesPage, session.participant(), ofHostAndPatient, "v=1");
        assertThat(patient.last("offer")).doesNotContain("v=1");
    }

    @Test
    void whoever_comes_late_is_connected_with_each_who_is_in_and_their_connection_stays() {
        admit();
        ready(host);
        ready(patient);
        var first = connection(host);

        says("admit", relative);
        ready(relativesPage);

        assertThat(relativesPage.all("start")).hasSize(2);
        assertThat(patient.all("start")).hasSize(2);
        offers(host, session.participant(), first, "v=0");
        assertThat(patient.last("offer")).contains("v=0");
    }

    @Test
    void one_is_turned_away_and_only_that_one_goes() {
        admit();
        says("admit", relative);
        ready(host);
        ready(patient);
        var first = connection(host);
        ready(relativesPage);

        sessions.turnAway(session.id(), relative);

        assertThat(relativesPage.last("state")).contains("\"DENIED\"");
        assertThat(relativesPage.closed).contains(CloseCode.DENIED);
        assertThat(patient.closed).isEmpty();
        assertThat(patient.last("people")).doesNotContain("Anna");
        offers(host, session.participant(), first, "v=0");
        assertThat(patient.last("offer")).contains("v=0");
        assertThatThrownBy(() -> opens(relative)).isInstanceOf(ProblemException.class);
    }

    @Test
    void somebody_who_was_only_invited_is_turned_away_too_and_a_new_link_invites_them_again() {
        var interpreter = invite("INTERPRETER", "Interpreter", "Max");

        assertThat(admissionOf(sessions.turnAway(session.id(), interpreter).people().getLast().participant()))
                .isEqualTo(Admission.DENIED);

        var again = sessions.inviteAgain(session.id(), interpreter);
        assertThat(again.invitation()).isPresent();
        assertThat(again.people().getLast().admission()).isEqualTo(Admission.INVITED);
        assertThat(again.people().getLast().participant()).isNotEqualTo(interpreter);
    }

    @Test
    void a_new_link_for_one_leaves_the_others() {
        sessions.inviteAgain(session.id(), relative);

        assertThat(relativesPage.closed).contains(CloseCode.LINK_WITHDRAWN);
        assertThat(patient.closed).isEmpty();
        assertThat(patient.last("state")).contains("\"WAITING\"");
    }

    @Test
    void the_fifth_is_refused_with_the_reason_and_comes_in_when_another_has_left() {
        var interpreter = invite("INTERPRETER", "Interpreter", "Max");
        var father = invite("RELATIVE", "Father of patient 4", "Per");
        var interpretersPage = waits(interpreter);
        var fathersPage = waits(father);
        admit();
        says("admit", relative);
        says("admit", interpreter);

        says("admit", father);

        assertThat(host.last("missed")).contains("\"why\":\"FULL\"").contains(father);
        assertThat(fathersPage.last("state")).contains("\"WAITING\"");
        assertThat(fathersPage.last("admitted")).isEmpty();
        handler.received(interpretersPage, "{\"type\":\"leave\"}");
        says("admit", father);
        assertThat(fathersPage.last("state")).contains("\"ADMITTED\"");
    }

    @Test
    void nobody_is_invited_beyond_the_bound() {
        for (var n = 2; n < VideoSession.MOST_INVITED; n++) {
            invite("RELATIVE", "Relative " + n, "Anna");
        }

        assertThatThrownBy(() -> invite("RELATIVE", "One more", "Anna"))
                .isInstanceOfSatisfying(ProblemException.class,
                        told -> assertThat(told.problem()).isEqualTo(VideoSessions.TOO_MANY));
    }

    @Test
    void a_relative_who_waits_with_the_patient_is_not_before_them() {
        assertThat(patient.last("place")).contains("\"before\":0");
        assertThat(relativesPage.last("place")).contains("\"before\":0");
    }

    @Test
    void all_are_told_of_the_end() {
        admit();

        handler.received(host, "{\"type\":\"end\"}");

        assertThat(patient.closed).contains(CloseCode.ENDED);
        assertThat(relativesPage.closed).contains(CloseCode.ENDED);
        assertThat(relativesPage.last("state")).contains("\"ENDED\"");
    }

    @Test
    void the_token_says_the_role_and_holds_no_claim_more() throws ParseException {
        says("admit", relative);

        var claims = SignedJWT.parse(token(relativesPage)).getJWTClaimsSet();

        assertThat(claims.getClaims().keySet()).isEqualTo(JoinToken.CLAIMS);
        assertThat(claims.getClaim("role")).isEqualTo("RELATIVE");
        assertThat(claims.getClaim("name")).isEqualTo("Anna");
        assertThat(claims.toString()).doesNotContain("Mother of patient 4");
    }

    // ---- A co-host ----

    @Test
    void a_co_host_waits_like_everybody_and_reaches_nothing_before_they_are_in() {
        var coHost = coHostWaits();

        assertThat(coHost.last("state")).contains("\"WAITING\"");
        assertThat(coHost.last("waiting")).contains("\"people\":[]");
        for (var act : Set.of("admit", "hold", "back", "deny")) {
            assertThatThrownBy(() -> handler.received(coHost,
                    "{\"type\":\"" + act + "\",\"participant\":\"" + relative + "\"}"))
                    .isInstanceOf(ProblemException.class);
        }
        assertThatThrownBy(() -> handler.received(coHost, "{\"type\":\"end\"}")).isInstanceOf(ProblemException.class);
        tenant.actingAs(KnownTenant.practitioner("practitioner-2"));
        assertThatThrownBy(() -> sessions.cancel(session.id())).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_co_host_who_is_in_sees_who_waits_for_this_session_and_lets_in_and_ends_as_the_host_does() {
        var other = sessions.schedule(new ScheduleSession(clock.instant(), 45, "Patient 5", "Ola"));
        waits(other);
        var coHost = coHostWaits();
        says("admit", inRoomOf("CO_HOST"));
        assertThat(coHost.last("waiting")).contains("Mother of patient 4").doesNotContain("Patient 5");

        handler.received(coHost, "{\"type\":\"admit\",\"participant\":\"" + relative + "\"}");
        assertThat(relativesPage.last("state")).contains("\"ADMITTED\"");
        handler.received(coHost, "{\"type\":\"end\"}");

        assertThat(sessions.get(session.id()).state()).isEqualTo(SessionState.ENDED);
    }

    @Test
    void a_co_host_who_is_asked_back_sees_nobody_any_more() {
        var coHost = coHostWaits();
        says("admit", inRoomOf("CO_HOST"));

        says("back", inRoomOf("CO_HOST"));

        assertThat(coHost.last("waiting")).contains("\"people\":[]");
    }

    @Test
    void of_two_who_let_the_same_one_in_the_second_reads_who_was_faster() {
        var coHost = coHostWaits();
        says("admit", inRoomOf("CO_HOST"));
        handler.received(coHost, "{\"type\":\"admit\",\"participant\":\"" + relative + "\"}");
        assertThat(coHost.last("missed")).isEmpty();

        says("admit", relative);

        assertThat(host.last("missed")).contains("\"why\":\"IN\"").contains("Practitioner 2");
        assertThat(relativesPage.last("state")).contains("\"ADMITTED\"");
    }

    @Test
    void a_co_host_opens_the_session_by_signing_in_and_by_no_link() {
        var invited = sessions.invite(session.id(), new InviteParticipant("CO_HOST", null, null, "practitioner-2"));

        assertThat(invited.invitation()).contains("/clinic-north/sessions/" + session.id());
        assertThatThrownBy(() -> sessions.invite(session.id(),
                new InviteParticipant("CO_HOST", null, null, "practitioner-2"))).isInstanceOf(ProblemException.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> sessions.invite(session.id(),
                new InviteParticipant("CO_HOST", null, null, "practitioner-9"))).isInstanceOf(ProblemException.class);
    }

    @Test
    void nobody_is_invited_as_another_host() {
        assertThatThrownBy(() -> sessions.invite(session.id(), new InviteParticipant("HOST", "Me", "Me", null)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("right would be PATIENT, RELATIVE, INTERPRETER or CO_HOST");
    }

    private Admission admissionOf(String inRoom) {
        return sessions.get(session.id())
                .people()
                .stream()
                .filter(each -> each.participant().equals(inRoom))
                .findFirst()
                .orElseThrow()
                .admission();
    }
}
