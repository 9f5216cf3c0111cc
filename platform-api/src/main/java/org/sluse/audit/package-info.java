// SPDX-License-Identifier: Apache-2.0
/**
 * Who did what to which object. In: every transaction names the entry it is opened for; further ones are recorded in it.
 * Out: a row in the clinic's own database, committed together with the act; no audit, no answer.
 */
@NullMarked
package org.sluse.audit;

import org.jspecify.annotations.NullMarked;
