// SPDX-License-Identifier: Apache-2.0
/**
 * The clinic on whose behalf something happens.
 * In: the host binds a {@link org.sluse.tenant.Tenant} and an {@link org.sluse.actor.Actor} once for each request, socket message,
 * timer and endpoint call. Out: plugins ask {@link org.sluse.tenant.TenantContext}; nobody passes a tenant id around.
 */
@NullMarked
package org.sluse.tenant;

import org.jspecify.annotations.NullMarked;
