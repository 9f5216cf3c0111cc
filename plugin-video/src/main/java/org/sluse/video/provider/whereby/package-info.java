// SPDX-License-Identifier: Apache-2.0
/**
 * Whereby as a provider: rooms made and deleted over its interface (v1), pages of it in a frame, its events. What leaves are the records of {@link org.sluse.video.provider.whereby.WherebyRecords}
 * and nothing else; {@code docs/what-leaves/whereby.md} is generated from them.
 */
@NullMarked
package org.sluse.video.provider.whereby;

import org.jspecify.annotations.NullMarked;
