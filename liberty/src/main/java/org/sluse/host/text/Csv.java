// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.text;

import java.util.List;
import java.util.stream.Collectors;

/** Lines for a spreadsheet (RFC 4180). */
public final class Csv {

    private Csv() {
    }

    /** A line of values, with its end. */
    public static String line(List<String> values) {
        return values.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** The names of the columns, with the line's end. @param names none has a comma or a quotation mark */
    public static String heading(List<String> names) {
        return String.join(",", names) + "\r\n";
    }

    /** A value that begins like a formula is kept from being one. */
    private static String quoted(String value) {
        var harmless = value.isEmpty() || "=+-@\t\r".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
        return "\"" + harmless.replace("\"", "\"\"") + "\"";
    }
}
