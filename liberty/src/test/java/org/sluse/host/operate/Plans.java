// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** What PostgreSQL says of a statement that it has run: {@code explain (analyze, format json)}. */
final class Plans {

    private Plans() {}

    static JsonNode read(String explained) {
        try {
            return new ObjectMapper().readTree(explained).get(0).get("Plan");
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(notJson);
        }
    }

    /** How many rows it has read, those too that it threw away. */
    static long rowsRead(JsonNode plan) {
        var below = 0L;
        for (var child : plan.path("Plans")) {
            below += rowsRead(child);
        }
        if (!plan.get("Node Type").asText().contains("Scan")) {
            return below;
        }
        return below + List.of("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
                .stream()
                .mapToLong(name -> plan.path(name).asLong() * plan.get("Actual Loops").asLong())
                .sum();
    }
}
