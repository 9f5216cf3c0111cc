// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.quality;

import java.util.Optional;

/**
 * What is known of how a call was for one person.
 *
 * @param quality empty when their browser has said nothing, as of a call of a few seconds
 * @param rating empty when they were not asked or have not answered; always for the clinic's own people
 */
public record Experience(Optional<CallQuality> quality, Optional<Rating> rating) {

    /** Nothing is known. */
    public static final Experience UNKNOWN = new Experience(Optional.empty(), Optional.empty());
}
