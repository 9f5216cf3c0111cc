// SPDX-License-Identifier: Apache-2.0
/**
 * The plugin's own tables in the clinic's own database.
 * In: a use case opens a transaction and says what for. Out: rows of the plugin's schema, written as the plugin's role, and the audit
 * entry, all or nothing. What the tables hold, for what and for how long is the plugin's {@link org.sluse.data.DataMap}. Jakarta Transactions are not used: these connections are outside its manager.
 */
@NullMarked
package org.sluse.data;

import org.jspecify.annotations.NullMarked;
