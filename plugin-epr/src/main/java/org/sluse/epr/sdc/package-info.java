// SPDX-License-Identifier: Apache-2.0

/**
 * What a filled-in form says, as data: SDC 4.0 extraction and calculation; what is known, as a form: population; and the FHIRPath that forms are written with. In come a Questionnaire and a QuestionnaireResponse of FHIR R4, out comes a
 * transaction and what went wrong, element by element. Without a database, a clock, a network or a clinic: the same input gives the same bytes. Whoever has both resources calls
 * {@link org.sluse.epr.sdc.Extraction}
 * or {@link org.sluse.epr.sdc.Scoring}, whoever has a form and what is known {@link org.sluse.epr.sdc.Population}, whoever
 * lets somebody fill in a form {@link org.sluse.epr.sdc.OpenForm}, and whoever takes one over from elsewhere {@link org.sluse.epr.sdc.FormCheck}.
 */
@NullMarked
package org.sluse.epr.sdc;

import org.jspecify.annotations.NullMarked;
