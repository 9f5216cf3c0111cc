// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.audit.AuditEntry;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.Gate;
import org.sluse.host.module.Modules;
import org.sluse.host.paper.Paper;
import org.sluse.host.paper.PaperKind;
import org.sluse.host.paper.Papers;
import org.sluse.host.paper.Requirement;
import org.sluse.host.register.Register;
import org.sluse.host.register.RegisterView;
import org.sluse.host.tenant.Binding;
import org.sluse.host.text.Language;
import org.sluse.it.inside.InsideClinic;
import org.sluse.it.inside.InsideServer;
import org.sluse.it.inside.MovableClock;
import org.sluse.live.LiveConnection;
import org.sluse.live.LiveHandler;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** A module that has sockets and a recipient, on the day after the last one of an agreement. Runs inside the server, whose clock the test puts forward. */
@ExtendWith(ArquillianExtension.class)
@ResourceLock("inside")
class PaperOfAWatchedModuleIT {

    private static final PluginId EPR = new PluginId("epr");
    private static final Actor ADMINISTRATOR = new Actor(Actor.Kind.STAFF, "administrator-1",
            Set.of(Role.ADMINISTRATOR));

    @Inject
    MovableClock clock;
    @Inject
    InsideClinic clinic;
    @Inject
    Binding binding;
    @Inject
    Modules modules;
    @Inject
    Papers papers;
    @Inject
    Register register;
    @Inject
    Gate gate;
    @Inject
    DataPorts data;

    /** Lets everybody in; in a package of record integration, so that this module has sockets here. */
    @ApplicationScoped
    static class Door implements LiveHandler {

        @Override
        public Actor joined(LiveConnection connection, String firstMessage) {
            connection.send("welcome");
            // Staff would need the session of a browser.
            return Actor.linkHolder("patient-1");
        }

        @Override
        public void received(LiveConnection connection, String message) {}

        @Override
        public void closed(LiveConnection connection) {}
    }

    /** The page of somebody who is in. */
    static final class Page implements WebSocket.Listener {

        private final CompletableFuture<String> welcome = new CompletableFuture<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            welcome.complete(text.toString());
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }

    @Deployment
    static WebArchive application() {
        return InsideServer.application(PaperOfAWatchedModuleIT.class, Door.class, Page.class, MovableClock.class);
    }

    @Test
    void the_module_goes_off_with_its_sockets_and_its_row_and_says_which_paper_has_ended() {
        var today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        inClinic(() -> {
            modules.set("epr", Map.of("name", "Record of the tests", "address", "This machine", "country", "NO", "base",
                    base() + "sandbox/inside"));
            file(PaperKind.AGREEMENT, today);
            file(PaperKind.RISK_ASSESSMENT, today.plusYears(1));
            modules.switchOn("epr", Set.of("crisis-numbers"), Optional.empty());
            return true;
        });
        assertThat(gate.isOn(clinic.tenant().id(), EPR)).isTrue();
        assertThat(inClinic(this::recipients)).containsExactly("Record of the tests");
        var page = enter();

        clock.advance(Duration.ofDays(1));

        assertThat(page.closed.orTimeout(15, TimeUnit.SECONDS).join()).isEqualTo(4423);
        assertThat(gate.isOn(clinic.tenant().id(), EPR)).isFalse();
        assertThat(inClinic(this::recipients)).isEmpty();
        assertThat(inClinic(() -> papers.overview().required())).extracting(Requirement::kind, Requirement::state)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(PaperKind.AGREEMENT, Requirement.State.ENDED),
                        org.assertj.core.groups.Tuple.tuple(PaperKind.RISK_ASSESSMENT, Requirement.State.HOLDS));
        assertThat(inClinic(this::whoSwitchedOff)).isEqualTo("SYSTEM papers");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> inClinic(() -> {
                    modules.switchOn("epr", Set.of(), Optional.empty());
                    return true;
                }))
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(Problem.NOT_READY));
    }

    private void file(PaperKind kind, LocalDate last) {
        papers.add(new Papers.NewPaper("epr", "epr", kind, new Paper.Terms("1.0", "Manager 1",
                LocalDate.parse("2026-01-01"), Optional.of(last), "0f".repeat(32))));
    }

    private List<String> recipients() {
        return register.now(Language.EN)
                .rows()
                .stream()
                .flatMap(row -> row.recipients().stream())
                .map(RegisterView.RecipientRow::name)
                .toList();
    }

    private String whoSwitchedOff() {
        return data.forPlugin(TenantDatabases.CORE)
                .inTransaction(AuditEntry.list("Audit"), tx -> tx.handle()
                        .createQuery("select actor_kind || ' ' || actor_id from audit where action = 'SWITCH_OFF'")
                        .mapTo(String.class)
                        .one());
    }

    private Page enter() {
        var page = new Page();
        var socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", base().replaceAll("/$", ""))
                .buildAsync(URI.create(base().replaceFirst("http", "ws") + "inside/ws/inside/epr"), page)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        socket.sendText("let me in", true).join();
        assertThat(page.welcome.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("welcome");
        return page;
    }

    private static String base() {
        return ConfigProvider.getConfig().getValue("sluse.public-url", String.class) + "/";
    }

    private <T> T inClinic(Supplier<T> work) {
        return binding.<T, RuntimeException>call(clinic.tenant(), ADMINISTRATOR, work::get);
    }
}
