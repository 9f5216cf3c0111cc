// SPDX-License-Identifier: Apache-2.0
/**
 * The register of processing (GDPR Art. 30). In: manifests of the jars, settings, toggles, who the clinic is; each change is a fact that is kept. Out: what
 * the register says, numbered, chained and signed, as of any time; nothing of it is typed by hand. See ADR 0013.
 */
@NullMarked
package org.sluse.host.register;

import org.jspecify.annotations.NullMarked;
