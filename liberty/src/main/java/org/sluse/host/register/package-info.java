// SPDX-License-Identifier: Apache-2.0
/**
 * The register of processing (GDPR Art. 30), made from what is on. In: manifests, settings, toggles. Out: rows; nothing is typed by hand.
 */
@NullMarked
package org.sluse.host.register;

import org.jspecify.annotations.NullMarked;
