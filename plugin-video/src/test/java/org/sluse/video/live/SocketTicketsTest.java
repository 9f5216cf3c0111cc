// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.live.CloseCode;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;
import org.sluse.video.admission.Admission;
import org.sluse.video.session.ScheduleSession;

/** Who comes in by which ticket, and by which link. */
class SocketTicketsTest extends OneSession {

    @Test
    void a_ticket_opens_one_socket() {
        var ticket = patientTicket();
        handler.joined(new RememberingSocket(), join(ticket));

        assertThatThrownBy(() -> handler.joined(new RememberingSocket(), join(ticket)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void a_patients_ticket_opens_nothing_in_a_browser_that_does_not_hold_their_link_and_is_spent_by_it() {
        var ticket = patientTicket();
        var another = sessions.schedule(new ScheduleSession(ManualClock.NOON, 45, "Patient 5", "Ola"));

        for (var held : List.of(Set.<String>of(), Set.of(another.id().toString()))) {
            assertThatThrownBy(() -> handler.joined(new RememberingSocket(held), join(ticket)))
                    .isInstanceOf(ProblemException.class);
        }

        assertThatThrownBy(() -> handler.joined(new RememberingSocket(Set.of(participantId())), join(ticket)))
                .isInstanceOf(ProblemException.class);
        assertThat(handler.joined(new RememberingSocket(Set.of(participantId())), join(patientTicket())))
                .isEqualTo(Actor.linkHolder(participantId()));
    }

    @Test
    void a_practitioners_ticket_opens_nothing_where_nobody_or_somebody_else_is_signed_in() {
        for (var who : List.of(Actor.anonymous(), KnownTenant.practitioner("practitioner-2"))) {
            tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
            var today = tickets.forToday().ticket();
            var call = tickets.forDesk(session.id()).ticket();
            tenant.actingAs(who);

            assertThatThrownBy(() -> handler.joined(new RememberingSocket(), join(today)))
                    .isInstanceOf(ProblemException.class);
            assertThatThrownBy(() -> handler.joined(new RememberingSocket(), join(call)))
                    .isInstanceOf(ProblemException.class);
        }
        assertThat(host.closed).isEmpty();
    }

    @Test
    void a_ticket_that_is_refused_is_one_entry_of_the_audit_trail_with_its_reason() {
        tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
        var elses = tickets.forToday().ticket();
        tenant.actingAs(Actor.anonymous());

        for (var ticket : List.of("AAAAAAAAQACAAAAAAAAAAA", elses)) {
            var before = database.audit().size();

            assertThatThrownBy(() -> handler.joined(new RememberingSocket(), join(ticket)))
                    .isInstanceOf(ProblemException.class);

            assertThat(database.audit().subList(before, database.audit().size())).containsExactly(
                    AuditEntry.of(AuditAction.SIGN_IN, "Ticket", "*").refused("ticket-refused"));
        }
    }

    @Test
    void a_ticket_that_was_refused_is_spent() {
        tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
        var ticket = tickets.forToday().ticket();
        tenant.actingAs(Actor.anonymous());
        assertThatThrownBy(() -> tickets.spend(ticket, Set.of())).isInstanceOf(ProblemException.class);

        tenant.actingAs(KnownTenant.practitioner("practitioner-1"));

        assertThatThrownBy(() -> tickets.spend(ticket, Set.of())).isInstanceOf(ProblemException.class);
    }

    @Test
    void the_audit_trail_knows_the_patient_at_the_socket_by_the_id_that_their_link_has() {
        var actor = handler.joined(new RememberingSocket(), join(patientTicket()));

        assertThat(actor).isEqualTo(Actor.linkHolder(participantId()));
    }

    @Test
    void a_new_link_sends_away_whoever_came_by_the_old_one() {
        admit();

        sessions.inviteAgain(session.id());

        assertThat(patient.closed).contains(CloseCode.LINK_WITHDRAWN);
        assertThat(host.last("waiting")).doesNotContain("Patient 4");
    }

    @Test
    void a_ticket_of_before_the_new_link_opens_nothing() {
        var unspent = patientTicket();

        sessions.inviteAgain(session.id());

        assertThatThrownBy(() -> handler.joined(new RememberingSocket(), join(unspent)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void whoever_came_by_the_old_link_does_nothing_more_while_their_socket_closes() {
        sessions.inviteAgain(session.id());

        assertThatThrownBy(() -> handler.received(patient, KNOCK)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> handler.received(patient, "{\"type\":\"leave\"}"))
                .isInstanceOf(ProblemException.class);
        assertThat(sessions.get(session.id()).admission()).isEqualTo(Admission.INVITED);
    }

    @Test
    void whoever_comes_by_the_new_link_has_to_be_let_in_again() {
        admit();
        var before = participantId();
        sessions.inviteAgain(session.id());
        handler.closed(patient);
        var again = new RememberingSocket();

        handler.joined(again, join(patientTicket()));

        assertThat(again.last("state")).contains("\"CHECKING\"");
        assertThat(again.last("admitted")).isEmpty();
        assertThat(participantId()).isNotEqualTo(before);
    }
}
