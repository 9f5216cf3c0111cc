// SPDX-License-Identifier: Apache-2.0
/**
 * Instruments, what patients answer, and what it adds up to.
 * In: a practitioner assigns, the holder of a link answers and sends. Out: scores, safety flags, and a word to
 * {@link org.sluse.epr.assessment.CompletionListener} in the transaction in which an assessment is completed. Knows nothing of FHIR.
 */
@NullMarked
package org.sluse.epr.assessment;

import org.jspecify.annotations.NullMarked;
