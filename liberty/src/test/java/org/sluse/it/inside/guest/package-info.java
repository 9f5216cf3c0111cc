// SPDX-License-Identifier: Apache-2.0
/** A plugin of somebody else's, in its own package as every plugin. Called by the tests inside the server. */
@NullMarked
package org.sluse.it.inside.guest;

import org.jspecify.annotations.NullMarked;
