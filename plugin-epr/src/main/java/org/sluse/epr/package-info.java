// SPDX-License-Identifier: Apache-2.0
/**
 * Assessments, and the way of their results into the clinic's patient record.
 * In: the host reads the manifest {@link org.sluse.epr.EprPlugin} and binds tenant and actor. Out: pages, REST, two FHIR endpoints and one recipient:
 * whoever runs the record that the settings name.
 */
@NullMarked
package org.sluse.epr;

import org.jspecify.annotations.NullMarked;
