// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.sluse.actor.Role;

/** What one clinic's people hold reaches nothing of another clinic, at any endpoint that the server's classes declare. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("operator")
class EveryEndpointIT {

    private static final List<Endpoint> ENDPOINTS = Endpoint.all();

    private final BusyClinic ours = new BusyClinic("Oursword");
    private final BusyClinic theirs = new BusyClinic("Theirsword");

    @Test
    void each_endpoint_has_a_row_and_each_row_an_endpoint() {
        assertThat(ENDPOINTS).hasSizeGreaterThan(60);

        assertThat(ENDPOINTS.stream().filter(one -> !EndpointRow.ALL.containsKey(one.name())))
                .as("endpoints without a row in EndpointRow")
                .isEmpty();
        assertThat(EndpointRow.ALL.keySet())
                .isSubsetOf(ENDPOINTS.stream().map(Endpoint::name).collect(Collectors.toSet()));
    }

    @Test
    void nothing_that_people_hold_at_one_clinic_opens_another() {
        var before = theirs.seen();
        var softly = new SoftAssertions();

        for (var endpoint : ENDPOINTS) {
            var row = EndpointRow.of(endpoint);
            // Whoever has a one-time code may use it: what is open is tried with the codes that our people have.
            var ids = row.open().isEmpty() ? theirs.ids() : ours.ids();
            for (var credential : ours.everyCredential()) {
                var answer = send(endpoint, row, theirs, ids, credential);
                softly.assertThat(answer.body()).as(endpoint.name()).doesNotContain(theirs.marker());
                if (row.open().isEmpty()) {
                    softly.assertThat(answer.statusCode()).as(endpoint.name()).isIn(400, 401, 403, 404);
                } else {
                    softly.assertThat(answer.statusCode()).as(endpoint.name()).isLessThan(500);
                }
            }
        }

        softly.assertAll();
        assertThat(theirs.seen()).isEqualTo(before);
    }

    @Test
    void what_another_clinic_has_is_as_unknown_here_as_what_nobody_has() {
        var before = theirs.seen();
        var softly = new SoftAssertions();

        for (var endpoint : ENDPOINTS) {
            var row = EndpointRow.of(endpoint);
            if (row.address().apply(theirs.ids()).equals(row.address().apply(ours.ids()))
                    && row.body().apply(theirs.ids()).equals(row.body().apply(ours.ids()))) {
                continue;
            }
            for (var credential : credentials(endpoint)) {
                var their = send(endpoint, row, ours, theirs.ids(), credential);
                var nobodys = send(endpoint, row, ours, BusyClinic.Ids.unknown(), credential);
                softly.assertThat(seen(their, theirs.ids()))
                        .as(endpoint.name())
                        .isEqualTo(seen(nobodys, BusyClinic.Ids.unknown()));
                softly.assertThat(their.body()).as(endpoint.name()).doesNotContain(theirs.marker());
            }
        }

        softly.assertAll();
        assertThat(theirs.seen()).isEqualTo(before);
    }

    @Test
    void a_ticket_opens_a_socket_at_its_own_clinic_only() {
        var ticket = ours.ticket();

        var both = ours.practitioner().cookieHeader() + "; " + theirs.practitioner().cookieHeader();
        var there = Socket.open(theirs.clinic(), "video", both)
                .say("{\"type\": \"join\", \"ticket\": \"" + ticket + "\"}");
        var here = Socket.open(ours.clinic(), "video", both)
                .say("{\"type\": \"join\", \"ticket\": \"" + ours.ticket() + "\"}");

        assertThat(there.closed()).isEqualTo(4401);
        assertThat(there.heard()).noneMatch(message -> message.contains("joined"));
        assertThat(here.next()).contains("joined");
    }

    private List<Map<String, String>> credentials(Endpoint endpoint) {
        if (!endpoint.isRest()) {
            return ours.everyCredential();
        }
        var plugin = endpoint.name().contains("/video/") ? "video" : "epr";
        return endpoint.roles()
                .stream()
                .filter(role -> role != Role.OPERATOR)
                .map(role -> ours.headers(role, plugin))
                .toList();
    }

    private static HttpResponse<String> send(Endpoint endpoint, EndpointRow row, BusyClinic at, BusyClinic.Ids ids,
            Map<String, String> headers) {
        var address = row.address().apply(ids).replace("{tenant}", at.clinic().id());
        var body = row.body().apply(ids);
        return Http.send(endpoint.method(body), at.clinic().at(address), headers, body);
    }

    /** Status and words, the ids in them made alike. */
    private static String seen(HttpResponse<String> answer, BusyClinic.Ids ids) {
        var body = answer.body();
        for (var id : new String[]{ids.session(), ids.patient(), ids.begun(), ids.delivered(), ids.delivery(),
                ids.person(), ids.invitationCode(), ids.questionnaireCode()}) {
            body = body.replace(id, "ID");
        }
        return answer.statusCode() + " " + body;
    }
}
