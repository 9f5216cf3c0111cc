// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/** The operator's log of the running server. */
final class OperatorLog {

    private OperatorLog() {
    }

    /** The newest row about this kind of object. @param query which rows are asked for */
    static JsonNode newest(String query, String objectType) {
        return newest(query, objectType, row -> true);
    }

    /** The newest such row that is also of this kind. */
    static JsonNode newest(String query, String objectType, Predicate<JsonNode> which) {
        return Clinic.rows(RunningServer.get().operate("GET", "/log?" + query, ""))
                .stream()
                .filter(row -> row.get("objectType").asText().equals(objectType))
                .filter(which)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No such row of " + objectType));
    }
}
