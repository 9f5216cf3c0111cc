// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One column of one row: what a sealed value is bound to, so that it opens nowhere else.
 *
 * @param table as in the data map
 * @param column as in the data map, where it is sealed
 * @param row the values of the row's primary key as PostgreSQL writes them, in the order of the key's columns, with {@code |} between; 1 to 500 characters
 */
public record Cell(String table, String column, String row) {

    private static final int LONGEST_ROW = 500;

    public Cell {
        SqlName.check(table);
        SqlName.check(column);
        if (row.isEmpty() || row.length() > LONGEST_ROW) {
            throw new IllegalArgumentException("The key of a row of '" + table + "' has " + row.length()
                    + " characters; right would be 1 to " + LONGEST_ROW);
        }
    }

    /** The column in the row with this primary key. */
    public static Cell of(String table, String column, Object... key) {
        return new Cell(table, column, Arrays.stream(key).map(Object::toString).collect(Collectors.joining("|")));
    }
}
