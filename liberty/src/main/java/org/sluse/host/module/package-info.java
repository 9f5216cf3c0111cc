// SPDX-License-Identifier: Apache-2.0
/**
 * Modules as an administrator sees them: what each would disclose, what must be accepted, on and off. In: manifests and settings. Out: toggles.
 */
@NullMarked
package org.sluse.host.module;

import org.jspecify.annotations.NullMarked;
