// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.quality;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sluse.data.Transaction;

/** Where it is kept how calls were, as long as the session is. */
public interface ExperienceStore {

    /** Keeps the newest of a person. @param participantId empty for the host */
    void keep(Transaction tx, UUID sessionId, Optional<UUID> participantId, CallQuality quality);

    /** Keeps the newest of a guest. */
    void keep(Transaction tx, UUID sessionId, UUID participantId, Rating rating);

    /** By participant, under {@link Optional#empty()} the host's; whoever is not there is not known. */
    Map<Optional<UUID>, Experience> of(Transaction tx, UUID sessionId);
}
