// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import org.sluse.cli.plugin.LeftOut;

/**
 * The note of what a server was started without: {@code [{"jar": "loan.jar", "plugin": "loan", "reason": "api-level", "detail": "..."}]}, without
 * {@code plugin} where the jar gives itself no id.
 */
final class Quarantine {

    private Quarantine() {
    }

    static String json(List<LeftOut> leftOut) {
        var all = Json.createArrayBuilder();
        for (var one : leftOut) {
            var entry = Json.createObjectBuilder().add("jar", one.jar());
            one.plugin().ifPresent(id -> entry.add("plugin", id));
            all.add(entry.add("reason", one.reason().slug()).add("detail", one.detail()));
        }
        return all.build().toString();
    }

    /** For people, at the start. */
    static String sentence(LeftOut one) {
        return sentence(one.jar(), one.detail());
    }

    /** For people, each jar that the running server is without; none when there is no note. */
    static List<String> sentences(DataFolder data) {
        return data.quarantine().read().map(Quarantine::sentences).orElse(List.of());
    }

    private static List<String> sentences(String note) {
        try (var reader = Json.createReader(new StringReader(note))) {
            return reader.readArray()
                    .getValuesAs(JsonObject.class)
                    .stream()
                    .map(one -> sentence(one.getString("jar"), one.getString("detail")))
                    .toList();
        }
    }

    private static String sentence(String jar, String detail) {
        return "Left out plugin %s: %s.".formatted(jar, detail);
    }
}
