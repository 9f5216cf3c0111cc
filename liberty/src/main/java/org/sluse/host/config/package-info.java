// SPDX-License-Identifier: Apache-2.0
/**
 * What the operator sets, and what everything else is started with. In: MicroProfile Config. Out: one checked record, the clock, the ids.
 */
@NullMarked
package org.sluse.host.config;

import org.jspecify.annotations.NullMarked;
