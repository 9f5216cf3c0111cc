// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

import java.util.Optional;

/**
 * How one finds out whose a row is.
 *
 * @param column whose value is the person's id at this plugin; or, with a table, that refers to a row of that table by its {@code id}
 * @param table whose own key says whose the row is; empty when the value itself does
 */
public record PersonKey(String column, Optional<String> table) {

    public PersonKey {
        SqlName.check(column);
        table.ifPresent(SqlName::check);
    }
}
