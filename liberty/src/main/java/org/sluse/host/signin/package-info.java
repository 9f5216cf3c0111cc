// SPDX-License-Identifier: Apache-2.0
/**
 * Sign-in of staff by OpenID Connect, an issuer for each clinic (code flow, PKCE, state, nonce, exact issuer). In: the clinic's provider. Out: a session, a row in the
 * clinic's own database: it cannot be found in another's.
 */
@NullMarked
package org.sluse.host.signin;

import org.jspecify.annotations.NullMarked;
