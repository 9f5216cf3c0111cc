// SPDX-License-Identifier: Apache-2.0
package org.sluse.page;

import java.util.Optional;

/**
 * One page of a plugin: {@code /{tenant}/<path>}.
 *
 * @param path below the tenant, for example {@code patients} or {@code j}; a last segment <code>{id}</code> matches one segment,
 *            which the page finds in {@code document.documentElement.dataset.arg}
 * @param module the ES module that defines the element, below {@code META-INF/sluse/<plugin>/}, for example {@code join.js}
 * @param element the custom element that is the page, for example {@code video-join}
 * @param audience who may open it
 * @param entry its place in the side bar; empty for none
 */
public record Page(String path, String module, String element, Audience audience, Optional<Entry> entry) {

    /** Who may open a page. Staff who are not signed in are led to the sign-in page. */
    public enum Audience {
        /** Anybody with the address: the page itself exchanges the one-time code that travels in the fragment. */
        LINK,
        /** Practitioners. */
        PRACTITIONER,
        /** Administrators. */
        ADMINISTRATOR
    }

    /**
     * An entry of the side bar.
     *
     * @param key key of its text in the plugin's message bundles
     * @param icon name of an icon of the kit
     */
    public record Entry(String key, String icon) {}

    /** A page without an entry in the side bar. */
    public static Page of(String path, String module, String element, Audience audience) {
        return new Page(path, module, element, audience, Optional.empty());
    }

    /** The same page with an entry in the side bar. */
    public Page withEntry(String key, String icon) {
        return new Page(path, module, element, audience, Optional.of(new Entry(key, icon)));
    }
}
