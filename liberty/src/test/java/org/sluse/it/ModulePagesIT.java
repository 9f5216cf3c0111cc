// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.sql.DatabaseMetaData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sluse.cli.plugin.PluginSource;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.postgres.RunningCluster;

/** Every state of a module as its administrators see it, on a server of its own: what is stopped here would be stopped for everybody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModulePagesIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Postgres postgres = RunningCluster.another();
    private final Tunnel tunnel = new Tunnel(port());
    private final RunningServer server = start();

    @AfterAll
    void stop() {
        server.command("stop");
        tunnel.close();
    }

    /** How a window is. */
    private record Look(String name, String locale, int width, ColorScheme scheme) {}

    private static final List<Look> LOOKS = List.of(new Look("desk", "en-GB", 1280, ColorScheme.LIGHT),
            new Look("phone-dark", "en-GB", 320, ColorScheme.DARK),
            new Look("phone-de", "de-DE", 320, ColorScheme.LIGHT),
            new Look("tablet-nb-dark", "nb-NO", 768, ColorScheme.DARK));

    @Test
    void each_state_says_what_is_so_and_who_can_change_it() {
        var clinic = Clinic.create(server);
        var first = clinic.administrator();
        try (var windows = new Windows(clinic, first)) {
            windows.see("left-out", "The module “lonely” is not in the server.");
            server.operate("PUT", "/tenants/" + clinic.id() + "/plugins/epr/settings",
                    clinic.recordSettings(URI.create("https://record.example/fhir")));
            windows.see("missing-papers", "There is no agreement with Record of the tests.");

            clinic.filePapers();
            first.send("PUT", "/core/modules/epr", "{\"on\": true, \"accept\": [\"crisis-numbers\"]}");
            windows.see("asked-by-you", "It goes on when another administrator confirms it");

            first.send("POST", "/core/people",
                    "{\"subject\": \"administrator-2\", \"name\": \"Administrator 2\", \"roles\": [\"administrator\"]}");
            try (var others = new Windows(clinic, Staff.signIn(clinic, "administrator-2"))) {
                others.see("asked-by-another", "Administrator asked for it");
                others.at(0)
                        .getByRole(AriaRole.BUTTON,
                                new Page.GetByRoleOptions().setName("Confirm Record integration"))
                        .press("Enter");
                assertThat(others.at(0).locator("button.stop")).isVisible();
                others.see("on", "On since");
            }

            platform("rollout", "{\"stage\": \"NOBODY\", \"why\": \"It is tried elsewhere first\"}");
            windows.see("held-back", "not opened this module to your clinic yet");
            platform("kill", "{\"killed\": true, \"why\": \"A fault was found\"}");
            windows.see("stopped", "stopped this module for every clinic");

            turnOff(windows.at(0));
            windows.see("stopped-and-off", "If you switch it on, it goes on when that is over.");
            assertThat(windows.at(0).locator(".module-list [aria-current] .status")).hasText("Off");

            platform("kill", "{\"killed\": false, \"why\": \"It is mended\"}");
            platform("rollout", "{\"stage\": \"EVERYBODY\", \"why\": \"It is for everybody\"}");
            windows.see("off", "It takes two");
        }
    }

    @Test
    void not_now_switches_nothing_and_leads_back_to_the_list() {
        var clinic = Clinic.create(server);
        try (var windows = new Windows(clinic, clinic.administrator())) {
            for (var at : List.of(0, 1)) {
                var page = windows.at(at);
                page.navigate(clinic.at("/" + clinic.id() + "/admin/modules/video").toString());
                page.locator("input[name=accept-addresses-visible]").check();

                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Not now")).press("Enter");

                assertThat(page.locator(".module-list a[href$='/video']")).isFocused();
                assertThat(page.locator("button[type=submit]")).hasCount(0);
                page.keyboard().press("Enter");
                assertThat(page.locator("input[name=accept-addresses-visible]")).not().isChecked();
            }
        }
    }

    @Test
    void a_page_that_a_node_cannot_answer_for_says_so_and_opens_by_itself() {
        var clinic = Clinic.create(server).with("video", "{}", "[\"addresses-visible\"]");
        var address = clinic.at("/" + clinic.id() + "/j").toString();
        var open = new ArrayList<BrowserContext>();
        try {
            tunnel.swallow();
            Await.until("it refuses", 25, java.util.concurrent.TimeUnit.SECONDS,
                    () -> clinic.get("/" + clinic.id() + "/j").statusCode() == 503);
            for (var look : LOOKS) {
                var person = BROWSER.person(look.locale(), look.width(), look.scheme());
                open.add(person);
                var page = person.newPage();
                page.navigate(address);
                looked(page, "unavailable", look);
            }
            var first = open.getFirst().pages().getFirst();
            assertThat(first.locator("h1")).hasText("This page is not available for a moment");
            first.locator("button.filled").press("Enter");
            assertThat(first.locator("[role=status]")).hasText("Not yet. We keep trying.");

            tunnel.open();

            for (var person : open) {
                assertThat(person.pages().getFirst().locator("sluse-unavailable")).hasCount(0,
                        new LocatorAssertions.HasCountOptions().setTimeout(20_000));
            }
        } finally {
            tunnel.open();
            open.forEach(BrowserContext::close);
        }
    }

    private static void turnOff(Page page) {
        page.locator("button.stop").press("Enter");
        page.locator("dialog button.stop").press("Enter");
        assertThat(page.locator("button.stop")).hasCount(0);
    }

    private void platform(String what, String body) {
        var answer = server.operate("PUT", "/plugins/epr/" + what, body);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    /** One administrator before several windows at once. */
    private static final class Windows implements AutoCloseable {

        private final List<BrowserContext> people = new ArrayList<>();
        private final List<Page> pages = new ArrayList<>();
        private final Clinic clinic;
        private int seen;

        Windows(Clinic clinic, Staff administrator) {
            this.clinic = clinic;
            for (var look : LOOKS) {
                var person = BROWSER.person(look.locale(), look.width(), look.scheme());
                for (var cookie : administrator.cookieHeader().split("; ")) {
                    person.addCookies(List.of(new Cookie(cookie.split("=", 2)[0], cookie.split("=", 2)[1])
                            .setUrl(clinic.at("/").toString())));
                }
                people.add(person);
                pages.add(person.newPage());
            }
        }

        /** In the first window and, in turn, in one of the others: it is one page, whatever state it shows. @param sentence in English, for the first window */
        void see(String state, String sentence) {
            see("admin/modules/epr", state, 0);
            see("admin/modules/epr", state, 1 + seen++ % (pages.size() - 1));
            assertThat(pages.getFirst().locator("main")).containsText(sentence);
            // The list beside a module is in every window; alone it is a page of phones.
            see("admin/modules", "list-" + state, 1);
        }

        private void see(String path, String state, int window) {
            var page = pages.get(window);
            page.navigate(clinic.at("/" + clinic.id() + "/" + path).toString());
            assertThat(page.locator(".module-list, .papers").first()).isVisible();
            looked(page, state, LOOKS.get(window));
        }

        Page at(int window) {
            return pages.get(window);
        }

        @Override
        public void close() {
            people.forEach(BrowserContext::close);
        }
    }

    private static void looked(Page page, String state, Look look) {
        assertThat(page.locator("h1")).not().isEmpty();
        Browser.isAccessible(page);
        Browser.doesNotScrollSideways(page);
        Browser.picture(page, "module-" + state + "-" + look.name());
    }

    private int port() {
        try (var handle = postgres.open("postgres")) {
            return URI.create(handle.queryMetadata(DatabaseMetaData::getURL).substring("jdbc:".length())).getPort();
        }
    }

    private RunningServer start() {
        var data = CommandLine.emptyFolder();
        try {
            Files.createDirectories(data.resolve("plugins"));
        } catch (IOException cannotMake) {
            throw new UncheckedIOException(cannotMake);
        }
        PluginSource.sound("lonely")
                .edited("Things.java", "TenantDatabase database;",
                        "TenantDatabase database; @Inject Missing missing; interface Missing {}")
                .jar(data.resolve("plugins/lonely.jar"));
        return RunningServer.start(data, """
                sluse.postgres.url=jdbc:postgresql://127.0.0.1:%d/postgres
                sluse.postgres.user=%s
                sluse.postgres.password=%s
                """.formatted(tunnel.port(), postgres.administrator().user(), postgres.administrator().password()));
    }
}
