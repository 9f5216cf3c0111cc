// SPDX-License-Identifier: Apache-2.0
/**
 * How a call was. In: what a browser has measured, in words too coarse to tell anything else, and a guest's own word. Out: both, for the session's page. Called by the
 * call, the invitation and the session.
 */
@NullMarked
package org.sluse.video.quality;

import org.jspecify.annotations.NullMarked;
