// SPDX-License-Identifier: Apache-2.0
/** Assessments, and the way of their results into the clinic's patient record. */
@NullMarked
package org.sluse.epr;

import org.jspecify.annotations.NullMarked;
