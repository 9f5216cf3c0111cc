// SPDX-License-Identifier: Apache-2.0
/**
 * Work that happens without a request. In: a plugin has {@link org.sluse.timer.Timer} beans and wakes them. Out: the host runs each for the
 * tenants that have the plugin on, on one node at a time, with the tenant bound; a timer of a plugin that is off sleeps.
 */
@NullMarked
package org.sluse.timer;

import org.jspecify.annotations.NullMarked;
