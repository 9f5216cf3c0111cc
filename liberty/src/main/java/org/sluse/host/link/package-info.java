// SPDX-License-Identifier: Apache-2.0
/**
 * One-time links: how somebody without an account comes in. In: a plugin's object. Out: a code of which only the hash is kept, and a cookie for the browser
 * that exchanged it first.
 */
@NullMarked
package org.sluse.host.link;

import org.jspecify.annotations.NullMarked;
