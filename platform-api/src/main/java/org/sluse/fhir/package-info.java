// SPDX-License-Identifier: Apache-2.0
/**
 * FHIR addresses of a plugin. In: the plugin has {@link org.sluse.fhir.FhirEndpoint} beans. Out: the host serves
 * {@code /{name}/{tenant}/...} through the plugin's servlet, behind the gate, with tenant and actor bound.
 */
@NullMarked
package org.sluse.fhir;

import org.jspecify.annotations.NullMarked;
