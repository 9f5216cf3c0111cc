// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Chromium for one test class, which registers it as an extension; started for the first person. A test without one says so loudly and is skipped; CI never skips.
 */
final class Browser implements AfterAllCallback {

    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/chromium-headless-shell"),
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"));

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
    }

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private @Nullable Playwright playwright;
    private com.microsoft.playwright.@Nullable Browser chromium;

    private com.microsoft.playwright.Browser chromium() {
        if (chromium == null) {
            var executable = executable();
            playwright = Playwright
                    .create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            chromium = playwright.chromium()
                    .launch(new BrowserType.LaunchOptions().setExecutablePath(executable)
                            .setArgs(List.of("--no-sandbox", "--disable-quic", "--disable-background-networking",
                                    "--disable-component-update", "--disable-sync",
                                    // As few pictures as it makes: encoding them by software takes the machine from whoever is tested.
                                    "--use-fake-device-for-media-stream=fps=5", "--use-fake-ui-for-media-stream",
                                    "--autoplay-policy=no-user-gesture-required")));
        }
        return chromium;
    }

    private static Path executable() {
        var found = PLACES.stream().filter(Files::isExecutable).findFirst();
        if (found.isEmpty() && System.getenv("CI") == null) {
            System.err.println(
                    "SKIPPED: there is no Chromium on this machine, so no page was looked at; .ci/install installs one");
        }
        if (System.getenv("CI") == null) {
            Assumptions.assumeTrue(found.isPresent(), "no Chromium; .ci/install installs one");
        }
        return found.orElseThrow(() -> new AssertionError("CI needs a Chromium; .ci/install installs one"));
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        if (playwright != null) {
            playwright.close();
        }
    }

    /** A fresh person: no cookies, this language, this window. */
    BrowserContext person(String locale, int width, ColorScheme scheme) {
        var context = chromium().newContext(new com.microsoft.playwright.Browser.NewContextOptions().setLocale(locale)
                .setViewportSize(width, 900)
                .setColorScheme(scheme)
                .setBaseURL(RunningServer.get().base().toString())
                .setTimezoneId("Europe/Oslo"));
        context.setDefaultTimeout(15_000);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("the server responded with a status of 4")) {
                complaints.add(message.text());
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
        return context;
    }

    /** A page of the clinic, reached through the sign-in. @param who as the demo's identity provider names them */
    static Page signIn(BrowserContext person, Clinic clinic, String who, String path) {
        var page = person.newPage();
        page.navigate("/" + clinic.id() + "/" + path);
        page.locator("a[href*='sign-in/start']").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(who)).click();
        page.waitForURL("**/" + clinic.id() + "/" + path);
        return page;
    }

    /** Everything that a page said went wrong, or that its content policy refused. */
    List<String> complaints() {
        return complaints;
    }

    /** What WCAG 2.2 A and AA and best practice say of the page as it stands. */
    static void isAccessible(Page page) {
        // Colours on their way to others are not what anybody reads. What moves for ever is not waited for.
        page.evaluate(
                "() => Promise.all(document.getAnimations().filter(one => one.effect.getComputedTiming().endTime !== Infinity).map(one => one.finished.catch(() => {})))");
        // Its legacy mode asks the page itself, at a quarter of the time; the other one opens a second page for what other origins' frames have, of which we have none.
        var found = new AxeBuilder(page)
                .setLegacyMode(true)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze()
                .getViolations();

        assertThat(
                found.stream().flatMap(rule -> Stream.of(rule.getId() + ": " + rule.getNodes().getFirst().getHtml())))
                .as(page.url())
                .isEmpty();
    }

    /** The page fits its window, and every field the sheet that it stands on. */
    static void doesNotScrollSideways(Page page) {
        var beyond = (Number) page
                .evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

        assertThat(beyond.intValue()).as("%s is wider than its window", page.url()).isLessThanOrEqualTo(0);
        assertThat((List<?>) page.evaluate(
                """
                        [...document.querySelectorAll('.sheet :is(input, select, textarea, button)')]
                          .filter(one => one.getClientRects().length && !one.closest('table'))
                          .filter(one => one.getBoundingClientRect().right > one.closest('.sheet').getBoundingClientRect().right + 1)
                          .map(one => one.name || one.textContent.trim())"""))
                .as("what stands out of its sheet at %s", page.url())
                .isEmpty();
    }

    /** Keeps a picture for people to look at. */
    static void picture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setPath(Path.of("target/it/pictures", name + ".png")).setFullPage(true));
    }
}
