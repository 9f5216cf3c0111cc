// SPDX-License-Identifier: Apache-2.0
/**
 * Encryption at rest of what must be read again: the keys of clinics, state of a sign-in. In: text and what it is bound to. Out: ciphertext that
 * decrypts only with the same binding. Tink does the cryptography; the root key lies in {@code keys/} of the data folder, plain or sealed by a key service.
 */
@NullMarked
package org.sluse.host.key;

import org.jspecify.annotations.NullMarked;
