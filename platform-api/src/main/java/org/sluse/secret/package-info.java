// SPDX-License-Identifier: Apache-2.0
/**
 * Values that must not be seen. In: settings and tokens. Out: the one place that needs the plain value calls {@code reveal}. What a plugin keeps in its own tables it has
 * sealed by {@link org.sluse.secret.Secrets}.
 */
@NullMarked
package org.sluse.secret;

import org.jspecify.annotations.NullMarked;
