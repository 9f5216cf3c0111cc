// SPDX-License-Identifier: Apache-2.0
/**
 * {@code /fhir/{tenant}}: what practitioners may read of assessments as FHIR. In: HAPI's servlet behind the host's gate. Out: resources made by the mappers, audited.
 */
@NullMarked
package org.sluse.epr.endpoint;

import org.jspecify.annotations.NullMarked;
