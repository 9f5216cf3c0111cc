// SPDX-License-Identifier: Apache-2.0
/**
 * FHIR addresses of plugins, behind the gate. In: {@link org.sluse.fhir.FhirEndpoint} beans. Out: their servlets get requests of their own address only.
 */
@NullMarked
package org.sluse.host.fhir;

import org.jspecify.annotations.NullMarked;
