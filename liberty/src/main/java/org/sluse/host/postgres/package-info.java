// SPDX-License-Identifier: Apache-2.0
/**
 * The PostgreSQL that everything rests on: the operator's own, or one that this node starts in its data folder. In: settings. Out: databases, roles, pools.
 */
@NullMarked
package org.sluse.host.postgres;

import org.jspecify.annotations.NullMarked;
