// SPDX-License-Identifier: Apache-2.0
/**
 * A record that speaks FHIR R4. In: a completed assessment and its patient, from the delivery timer. Out: one transaction through the disclosure gate, and
 * what the record's answer means. {@link OutgoingRecords} and {@link OutgoingElements} are all that may leave; the manifest names them.
 */
@NullMarked
package org.sluse.epr.exchange.fhir;

import org.jspecify.annotations.NullMarked;
