// SPDX-License-Identifier: Apache-2.0
/**
 * The end of a clinic: who wants it, what is destroyed, and the certificate of it. In: an administrator's wish and the operator's act. Out: a signed certificate, and nothing else of the clinic.
 * See {@code docs/adr/0038-off-boarding.md}.
 */
@NullMarked
package org.sluse.host.leave;

import org.jspecify.annotations.NullMarked;
