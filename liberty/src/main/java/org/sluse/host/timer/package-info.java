// SPDX-License-Identifier: Apache-2.0
/**
 * Timers of plugins on db-scheduler. In: {@link org.sluse.timer.Timer} beans. Out: runs for tenants that have the plugin on, one node at a time.
 */
@NullMarked
package org.sluse.host.timer;

import org.jspecify.annotations.NullMarked;
