// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines for a spreadsheet (RFC 4180). */
public final class Csv {

    private Csv() {
    }

    /** Everything, with a heading. @param columns none has a comma or a quotation mark */
    public static String table(List<String> columns, Stream<List<String>> lines) {
        return heading(columns) + lines.map(Csv::line).collect(Collectors.joining());
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
