// SPDX-License-Identifier: Apache-2.0
/**
 * Identifiers and random values. In: nothing. Out: everything that needs an id asks {@link org.sluse.id.Ids}, so that tests decide them.
 */
@NullMarked
package org.sluse.id;

import org.jspecify.annotations.NullMarked;
