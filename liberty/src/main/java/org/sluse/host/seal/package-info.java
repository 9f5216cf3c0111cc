// SPDX-License-Identifier: Apache-2.0
/**
 * Sealed columns. In: a value, the cell it stands in, and whose it is. Out: ciphertext that opens in that cell alone, or an index by which it is found. A clinic's key wraps a key for each person; the
 * root key wraps the clinic's. Called by the databases of clinics, for plugins.
 */
@NullMarked
package org.sluse.host.seal;

import org.jspecify.annotations.NullMarked;
