// SPDX-License-Identifier: Apache-2.0
/**
 * {@code /sandbox/{tenant}}: a patient record to try with. In: FHIR R4 over HTTP, as any record would take it. Out: versioned resources in the plugin's own schema;
 * it refuses what R4 refuses and misbehaves on demand.
 */
@NullMarked
package org.sluse.epr.sandbox;

import org.jspecify.annotations.NullMarked;
