// SPDX-License-Identifier: Apache-2.0
/**
 * Who acts, and what they may do.
 * In: the host authenticates (a staff session, a one-time link, the operator's token). Out: plugins name the roles that an
 * endpoint is for with {@link org.sluse.actor.AllowedTo}, and find the acting {@link org.sluse.actor.Actor} in the tenant context.
 */
@NullMarked
package org.sluse.actor;

import org.jspecify.annotations.NullMarked;
