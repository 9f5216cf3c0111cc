// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The pages of video, as people go through them at one clinic. */
record VideoPages(Clinic clinic) {

    /** Sums what each connection of the page has received, so that a test can see it grow; tells the way it took and what it was told of the other side. */
    static final String COUNT_WHAT_ARRIVES = """
            window.said = []; const send = WebSocket.prototype.send; WebSocket.prototype.send = function (text) { window.said.push(text); send.call(this, text); };
            const Real = window.RTCPeerConnection; window.connections = [];
            window.told = []; window.candidates = () => window.told;
            window.RTCPeerConnection = class extends Real { constructor(...all) { super(...all); window.connections.push(this); }
              addIceCandidate(one) { if (one && one.candidate) window.told.push(one.candidate); return super.addIceCandidate(one); } };
            window.servers = () => window.connections.flatMap(each => each.getConfiguration().iceServers).flatMap(each => each.urls);
            window.way = async () => { const all = new Map(); (await window.connections.at(-1).getStats()).forEach(report => all.set(report.id, report));
              const pair = all.get([...all.values()].find(report => report.type === 'transport').selectedCandidatePairId);
              return all.get(pair.localCandidateId).candidateType + ' ' + all.get(pair.remoteCandidateId).candidateType; };
            window.received = async kind => { let bytes = 0; for (const each of window.connections) (await each.getStats()).forEach(report => {
              if (report.type === 'inbound-rtp' && report.kind === kind) bytes += report.bytesReceived; }); return bytes; };""";

    /** A session of Practitioner 1 with Patient 4, shown as Kari, in a minute. */
    JsonNode plan() {
        return plan(Instant.now().plusSeconds(60));
    }

    /** The same at another time. */
    JsonNode plan(Instant startsAt) {
        var planned = clinic.practitioner()
                .send("POST", "/video/sessions",
                        "{\"startsAt\": \"%s\", \"minutes\": 30, \"patientLabel\": \"Patient 4\", \"displayName\": \"Kari\"}"
                                .formatted(startsAt));
        assertThat(planned.statusCode()).as(planned.body()).isEqualTo(201);
        return Clinic.json(planned);
    }

    /** The practitioner, signed in, at Today. */
    Page signIn(BrowserContext desk) {
        return Browser.signIn(desk, clinic, "Practitioner 1", "today");
    }

    /** The practitioner at the page of the session. */
    void atDesk(Page host, JsonNode session) {
        host.navigate("/" + clinic.id() + "/sessions/" + session.get("id").asText());
    }

    /** A new session, from its planning until both see and hear each other. */
    Page talk(Page host, BrowserContext phone) {
        var session = plan();
        atDesk(host, session);
        var patient = enter(phone, session);
        button(host, "Let in").first().click();
        seeEachOther(host, patient);
        return patient;
    }

    /** The patient's page, as far as the device check. */
    static Page check(BrowserContext phone, JsonNode session) {
        var page = phone.newPage();
        page.navigate(session.get("invitation").asText());
        page.locator("input[name=consent]").check();
        page.locator(".foot button.filled, button[type=submit].filled").first().click();
        button(page, "Try camera and microphone").click();
        return page;
    }

    /** The patient's page, as far as the waiting room. */
    static Page enter(BrowserContext phone, JsonNode session) {
        var page = check(phone, session);
        goToWaitingRoom(page);
        return page;
    }

    static void goToWaitingRoom(Page page) {
        button(page, "Go to the waiting room").click();
        assertThat(page.locator("h1")).hasText("You are in the waiting room");
    }

    static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** A tool of the call, by its whole word: "Mute" is not "Muted". */
    static Locator tool(Page page, String word) {
        return page.getByRole(AriaRole.TOOLBAR)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(word).setExact(true));
    }

    /** The button, and the button of the question that it asks. */
    static void actAndConfirm(Page page, String name) {
        button(page, name).first().click();
        page.locator("dialog[open]")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name))
                .click();
    }

    /** Each side sees and hears the other. */
    static void seeEachOther(Page host, Page patient) {
        for (var page : new Page[]{host, patient}) {
            for (var kind : new String[]{"video", "audio"}) {
                grows(page, kind);
            }
        }
    }

    private static void grows(Page page, String kind) {
        Await.until(kind + " arrives", 30, TimeUnit.SECONDS,
                () -> ((Number) page.evaluate("window.received('" + kind + "')")).longValue() > 0);
        var before = ((Number) page.evaluate("window.received('" + kind + "')")).longValue();
        Await.until(kind + " goes on arriving", 30, TimeUnit.SECONDS,
                () -> ((Number) page.evaluate("window.received('" + kind + "')")).longValue() > before);
    }
}
