// SPDX-License-Identifier: Apache-2.0
/**
 * The only way out. In: calls of plugins. Out: requests to declared recipients, a ledger row for each (refusals too), an audit entry; or an exception, and nothing sent.
 */
@NullMarked
package org.sluse.host.disclosure;

import org.jspecify.annotations.NullMarked;
