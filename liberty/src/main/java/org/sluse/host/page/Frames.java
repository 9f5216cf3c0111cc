// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.page;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sluse.disclosure.Recipient;
import org.sluse.page.Page;
import org.sluse.plugin.Plugin;

/** Whose pages a page of a plugin may show in a frame: nobody's but a recipient's, since a frame is a way out too. */
final class Frames {

    private Frames() {
    }

    /**
     * Origins, as they stand in a header.
     *
     * @throws IllegalStateException when the plugin names one that is no recipient's with these settings
     */
    static <S extends Record> List<String> of(Plugin<S> plugin, Page page, S settings) {
        var declared = plugin.recipients(settings)
                .stream()
                .map(Recipient::endpoints)
                .flatMap(List::stream)
                .flatMap(endpoint -> origin(endpoint).stream())
                .collect(Collectors.toSet());
        return plugin.frames(page, settings)
                .stream()
                .map(frame -> origin(frame).filter(declared::contains)
                        .orElseThrow(() -> new IllegalStateException("Plugin '" + plugin.id() + "' shows pages of '"
                                + frame.getHost() + "', which is no recipient's; right would be to declare it")))
                .distinct()
                .toList();
    }

    /** Built from its parts: an authority that is no host and port may hold what ends a header's word. */
    private static Optional<String> origin(URI address) {
        return Optional.ofNullable(address.getHost())
                .filter(host -> "https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                .map(host -> address.getScheme() + "://" + host
                        + (address.getPort() < 0 ? "" : ":" + address.getPort()));
    }
}
