// SPDX-License-Identifier: Apache-2.0
/**
 * Assessments as FHIR R4 resources. In: domain values. Out: resources of the HAPI model, the same for the same values; mappers ask no clock and no database.
 */
@NullMarked
package org.sluse.epr.fhir;

import org.jspecify.annotations.NullMarked;
