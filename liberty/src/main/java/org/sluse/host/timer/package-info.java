// SPDX-License-Identifier: Apache-2.0
/**
 * Timers on db-scheduler. In: {@link org.sluse.timer.Timer} beans of plugins, and what the host does each night. Out: runs for tenants, of a plugin only for
 * those that have it on; one node at a time.
 */
@NullMarked
package org.sluse.host.timer;

import org.jspecify.annotations.NullMarked;
