// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.outgoing;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer with its body as it came.
 *
 * @param status the HTTP status; redirects are not followed
 * @param headers by lower-case name, first value
 * @param body at most 4 MiB; empty when there is none
 */
public record Received(int status, Map<String, String> headers, byte[] body) {

    public Received {
        headers = Map.copyOf(headers);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Received[" + status + ", " + body.length + " bytes]";
    }
}
