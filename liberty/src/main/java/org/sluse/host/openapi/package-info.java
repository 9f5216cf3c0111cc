// SPDX-License-Identifier: Apache-2.0
/**
 * What an integrator may call at one clinic. In: the OpenAPI document that the build makes of each jar's REST model, {@code META-INF/sluse/<id>/openapi.json}.
 * Out: {@code /openapi/{tenant}}, one document of the host and of every plugin that is on.
 */
@NullMarked
package org.sluse.host.openapi;

import org.jspecify.annotations.NullMarked;
