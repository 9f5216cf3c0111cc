// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scores over time, as whoever treats the patient sees them. */
class ScorePagesIT {

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final Clinic clinic = Clinic.create();
    private final QuestionnairePages pages = QuestionnairePages.of(clinic);

    @Test
    void scores_stand_in_a_chart_with_a_gap_where_one_has_no_total_and_in_a_table() {
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT);
                var phone = BROWSER.person("de-DE", 320, ColorScheme.DARK)) {
            var page = Browser.signIn(desk, clinic, "Practitioner 1", "today");
            pages.answer(pages.assign(page, "P-1"), 3, 3, 3, 3, 3, 3, 0, 0, 0);
            pages.answer(QuestionnairePages.makeLink(page), 2, 2, 2, 2, 2, 2, 0, 0, 0);
            pages.decline(QuestionnairePages.makeLink(page), 8, 1, 1, 1, 1, 1, 1, 1, 1);
            pages.answer(QuestionnairePages.makeLink(page), 2, 2, 2, 2, 0, 0, 0, 0, 0);
            page.reload();
            page.getByRole(AriaRole.ROW)
                    .filter(new Locator.FilterOptions().setHasText("8 of 27"))
                    .getByRole(AriaRole.LINK)
                    .first()
                    .click();

            var chart = page.getByRole(AriaRole.IMG,
                    new Page.GetByRoleOptions()
                            .setName("PHQ-9: 8 of 27, mild. 4 points lower than earlier the same day."));
            assertThat(chart.locator("circle.earlier")).hasCount(2);
            assertThat(chart.locator("circle.present")).hasCount(1);
            assertThat(chart.locator("line.way")).hasCount(1);
            assertThat(chart.locator("text.present")).containsText(new String[]{"", "Mild"});
            QuestionnairePages.looked(page, "chart");
            QuestionnairePages.looked(Browser.signIn(phone, clinic, "Practitioner 1",
                    URI.create(page.url()).getPath().substring(clinic.id().length() + 2)), "chart-phone");

            assertThat(chart.locator("text.change")).hasCount(0);
            printed(page);
            QuestionnairePages.key(page, "Show as table", "Enter");

            assertThat(page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Score over time"))
                    .getByRole(AriaRole.ROW))
                    .containsText(new String[]{"", "18 of 27", "12 of 27", "No total", "8 of 27"});
        }
    }

    /** On paper there is the picture and the table, whose it is, and nothing to press. */
    private static void printed(Page page) {
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator("table")).hasCount(2);
        assertThat(page.locator("main p.epr-print-only")).containsText("P-1, number P-1");
        assertThat(page.locator("main p.epr-print-only")).isVisible();
        assertThat(page.locator("header.side")).isHidden();
        assertThat(page.locator("main .button").first()).isHidden();
        Browser.picture(page, "questionnaire-printed");
        assertThat(new String(page.pdf(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    }

    @ParameterizedTest
    @CsvSource({"nb-NO, 320, DARK", "de-DE, 1280, LIGHT"})
    void who_stands_in_for_safety_questions_is_named_by_the_administrator(String locale, int width,
            ColorScheme scheme) {
        try (var desk = BROWSER.person(locale, width, scheme)) {
            var page = Browser.signIn(desk, clinic, "Administrator 1", "admin/questionnaires");
            page.locator("input[name=afterMinutes]").fill("3");
            page.locator("aside button[type=submit]").click();
            assertThat(page.locator("aside .field.wrong")).hasCount(1);
            page.locator("input[name=afterMinutes]").fill("45");
            page.locator("aside button[type=submit]").focus();
            page.keyboard().press("Enter");

            assertThat(page.locator("aside")).containsText("Practitioner 1");
            assertThat(page.locator("aside p").first()).containsText("45");
            QuestionnairePages.looked(page, "deputy-" + locale.substring(0, 2));
            page.locator("aside .button.bare").click();
            assertThat(page.locator("aside .button.bare")).hasCount(0);
        }
    }

    @Test
    void the_line_of_a_chart_ends_where_the_questionnaire_has_a_new_version() {
        try (var desk = BROWSER.person("en-GB", 1280, ColorScheme.LIGHT)) {
            var page = Browser.signIn(desk, clinic, "Practitioner 1", "today");
            assertThat(page.locator("h1")).not().isEmpty();

            page.evaluate(
                    """
                            async () => {
                              const { scoreChart } = await import('/ui/%1$s/epr/chart.js');
                              const { render } = await import('lit');
                              const { stylesheet } = await import('kit');
                              stylesheet('/ui/%1$s/epr/epr.css');
                              const at = day => `2026-0${day}-01T12:00:00Z`;
                              const points = [[1, 18, '1.0.0'], [2, 14, '1.0.0'], [3, 9, '2.0.0'], [4, 7, '2.0.0']]
                                .map(([day, total, version]) => ({ at: at(day), total, version, present: day === 4 }));
                              const place = document.createElement('section');
                              document.querySelector('main').append(place);
                              render(scoreChart({ points, bands: [{ from: 0, name: 'none' }, { from: 10, name: 'moderate' }], largest: 27, name: 'Scores' }), place);
                            }"""
                            .formatted(clinic.id()));

            var chart = page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("Scores"));
            assertThat(chart.locator("circle")).hasCount(4);
            assertThat(chart.locator("line.way")).hasCount(2);
            assertThat(chart.locator("text.change")).hasText("−2");
            Browser.picture(page, "questionnaire-chart-versions");
        }
    }
}
