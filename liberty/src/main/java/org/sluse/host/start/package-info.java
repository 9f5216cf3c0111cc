// SPDX-License-Identifier: Apache-2.0
/**
 * Start and readiness of the node. In: the container. Out: everything else, started in its order.
 */
@NullMarked
package org.sluse.host.start;

import org.jspecify.annotations.NullMarked;
