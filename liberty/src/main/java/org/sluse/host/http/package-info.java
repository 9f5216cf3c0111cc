// SPDX-License-Identifier: Apache-2.0
/**
 * The edge: every request passes one filter that knows the tenant, asks the gate, authenticates and binds. In: requests. Out: bound calls, or problem+json.
 */
@NullMarked
package org.sluse.host.http;

import org.jspecify.annotations.NullMarked;
