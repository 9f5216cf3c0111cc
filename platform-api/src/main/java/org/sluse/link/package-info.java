// SPDX-License-Identifier: Apache-2.0
/**
 * One-time links: how somebody without an account comes in.
 * In: a plugin issues a code for one of its objects and hands it to a person. Out: the first browser that exchanges the code holds the
 * object from then on (a cookie with a secret of its own, so that a reload resumes); for every other browser the code is spent.
 */
@NullMarked
package org.sluse.link;

import org.jspecify.annotations.NullMarked;
