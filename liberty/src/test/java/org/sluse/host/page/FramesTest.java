// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Recipient;
import org.sluse.host.shell.BrowserPermissions;
import org.sluse.page.Page;
import org.sluse.plugin.Activity;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;

class FramesTest {

    private static final Page CALL = Page.of("call", "call.js", "rooms-call", Page.Audience.LINK);
    private static final Page LIST = Page.of("list", "list.js", "rooms-list", Page.Audience.PRACTITIONER);

    /** Shows what it is told to on its call page, with one recipient. */
    private record Rooms(String frame) implements Plugin<Rooms.None> {

        record None() {}

        @Override
        public PluginId id() {
            return new PluginId("rooms");
        }

        @Override
        public Class<None> settingsType() {
            return None.class;
        }

        @Override
        public Activity activity() {
            return new Activity("a", "a", "a", "a", "a");
        }

        @Override
        public List<Recipient> recipients(None settings) {
            return List.of(new Recipient("rooms", "Rooms AS", "Street 1", "NO", "service", "basis",
                    Set.of(DataCategory.DISPLAY_NAME),
                    List.of(URI.create("https://api.example.org/v1"), URI.create("https://rooms.example.org:8443/a")),
                    Map.of(), List.of(), List.of()));
        }

        @Override
        public List<URI> frames(Page page, None settings) {
            return page.equals(CALL) ? List.of(URI.create(frame)) : List.of();
        }
    }

    @Test
    void a_page_shows_pages_of_a_recipient_by_their_origin() {
        assertThat(of("https://rooms.example.org:8443", CALL)).containsExactly("https://rooms.example.org:8443");
    }

    @Test
    void every_other_page_of_the_plugin_shows_none() {
        assertThat(of("https://rooms.example.org:8443", LIST)).isEmpty();
    }

    @Test
    void nobody_is_shown_who_is_no_recipient() {
        for (var frame : List.of("https://rooms.example.org", "http://rooms.example.org:8443", "https://other.example",
                "https://rooms.example.org:8443;script-src", "wss://rooms.example.org:8443")) {
            assertThatIllegalStateException().as(frame)
                    .isThrownBy(() -> of(frame, CALL))
                    .withMessageContaining("which is no recipient's; right would be to declare it");
        }
    }

    @Test
    void camera_microphone_and_screen_are_for_ourselves_and_for_who_is_shown() {
        assertThat(BrowserPermissions.with(List.of())).isEqualTo(
                "camera=(self), microphone=(self), display-capture=(self), geolocation=(), browsing-topics=()");
        assertThat(BrowserPermissions.with(List.of("https://rooms.example.org")))
                .startsWith("camera=(self \"https://rooms.example.org\"), microphone=(self \"https://rooms");
    }

    private static List<String> of(String frame, Page page) {
        return Frames.of(new Rooms(frame), page, new Rooms.None());
    }
}
