// SPDX-License-Identifier: Apache-2.0
/**
 * A store with an S3 API for tests: S3Proxy over a folder, in a process of its own so that its libraries meet nobody else's.
 *
 * <p>A module's test depends on {@code org.sluse:s3-peer} in scope test, which brings {@link org.sluse.peer.s3.S3PeerProcess} and no library at all.
 */
@NullMarked
package org.sluse.peer.s3;

import org.jspecify.annotations.NullMarked;
