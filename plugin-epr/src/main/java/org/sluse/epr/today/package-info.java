// SPDX-License-Identifier: Apache-2.0
/**
 * What waits for the person at the desk. In: flags and deliveries. Out: one answer that the page Today asks for every few seconds.
 */
@NullMarked
package org.sluse.epr.today;

import org.jspecify.annotations.NullMarked;
