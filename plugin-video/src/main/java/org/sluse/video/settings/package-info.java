// SPDX-License-Identifier: Apache-2.0
/** What a clinic can set for video. In: the console. Out: one record for every other package. */
@NullMarked
package org.sluse.video.settings;

import org.jspecify.annotations.NullMarked;
