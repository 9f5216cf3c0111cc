// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;

/** The pages of the console, as an operator goes through them. */
final class OperatorPages {

    private OperatorPages() {
    }

    /** The console, entered with a fresh link. @param name what the picture of the entrance is called */
    static Page signIn(BrowserContext person, String name) {
        var page = person.newPage();
        page.navigate("/operate/sign-in#" + OperatorSession.code());
        looks(page, "operate-sign-in-" + name);
        page.locator("button.filled").press("Enter");
        page.waitForURL("**/operate/clinics");
        assertThat(page.locator("h1")).isVisible();
        return page;
    }

    /** The page can be read by everybody; a picture of it is kept. */
    static void looks(Page page, String picture) {
        assertThat(page.locator("h1")).isVisible();
        Browser.isAccessible(page);
        Browser.doesNotScrollSideways(page);
        Browser.picture(page, picture);
    }
}
