// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

import java.util.Map;
import java.util.Optional;

/**
 * What a recipient answered.
 *
 * @param status the HTTP status; redirects are not followed
 * @param headers by lower-case name, first value
 * @param body as text (UTF-8), at most 4 MiB
 */
public record Answer(int status, Map<String, String> headers, String body) {

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
    }

    @Override
    public String toString() {
        return "Answer[" + status + ", " + body.length() + " characters]";
    }
}
