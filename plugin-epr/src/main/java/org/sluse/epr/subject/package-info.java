// SPDX-License-Identifier: Apache-2.0
/** The rights of a patient: everything that the module keeps about them, and its erasure. In: an id or the clinic's number. Called by the host. */
@NullMarked
package org.sluse.epr.subject;

import org.jspecify.annotations.NullMarked;
