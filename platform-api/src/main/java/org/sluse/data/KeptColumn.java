// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

/**
 * One stored column.
 *
 * @param name as in the database
 * @param category what it holds
 * @param sealed whether it can be read only with a key that is not in the database; plain otherwise
 */
public record KeptColumn(String name, KeptCategory category, boolean sealed) {

    public KeptColumn {
        SqlName.check(name);
    }
}
