// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.comparison;

import java.util.List;
import org.sluse.host.disclosure.Ledger;

/**
 * A disclosure that the register did not declare when it was made.
 *
 * @param row of the ledger
 * @param why the first thing that was not declared
 * @param categories those that were not; empty for any other reason
 */
record Undeclared(Ledger.Row row, Why why, List<String> categories) {

    /** What was not declared. */
    enum Why {
        /** That the module is on. */
        MODULE,
        /** That this company receives data for it. */
        RECIPIENT,
        /** That it receives these categories. */
        CATEGORIES
    }
}
