// SPDX-License-Identifier: Apache-2.0
/**
 * Which clinics exist, and which one the calling thread works for. In: the filter, the socket, the timer bind. Out: {@link
 * org.sluse.tenant.TenantContext} for everybody else.
 */
@NullMarked
package org.sluse.host.tenant;

import org.jspecify.annotations.NullMarked;
