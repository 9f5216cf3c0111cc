// SPDX-License-Identifier: Apache-2.0
/**
 * Values that must not be seen. In: settings and tokens. Out: the one place that needs the plain value calls {@code reveal}.
 */
@NullMarked
package org.sluse.secret;

import org.jspecify.annotations.NullMarked;
