// SPDX-License-Identifier: Apache-2.0
/**
 * Questionnaires of the clinic's own, and what patients answer to them. In: an administrator brings a Questionnaire of FHIR R4, a practitioner assigns it, the holder of a link answers page by page and sends.
 * Out: answers and what the form calculates of them, and a word to {@link org.sluse.epr.form.FormListener} in the transaction in which they are sent. What a form means the engine knows
 * ({@link org.sluse.epr.sdc.OpenForm}); here a form and its answers are texts.
 */
@NullMarked
package org.sluse.epr.form;

import org.jspecify.annotations.NullMarked;
