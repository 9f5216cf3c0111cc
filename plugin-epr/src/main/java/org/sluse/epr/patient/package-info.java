// SPDX-License-Identifier: Apache-2.0
/**
 * The clinic's patients by the clinic's own number, and who treats them.
 * In: a practitioner adds or looks for somebody. Out: {@link org.sluse.epr.patient.Patient}; other packages ask {@link org.sluse.epr.patient.Patients} before they touch
 * anything about a patient.
 */
@NullMarked
package org.sluse.epr.patient;

import org.jspecify.annotations.NullMarked;
