// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sluse.secret.Secret;
import org.sluse.video.settings.VideoProvider;

/**
 * A room at a provider. It says nothing about anybody.
 *
 * @param path as it was made; the setting may be another by now
 * @param external what the provider knows of it
 * @param endsAt when the provider ends it by itself
 */
public record ProviderRoom(UUID id, VideoProvider provider, MediaPath path, External external, Instant endsAt) {

    /** Whether it is shown in a frame. */
    public boolean isFramed() {
        return !external.address().isEmpty();
    }

    /**
     * A room as its provider knows it.
     *
     * @param id by which it is deleted; empty at the built-in provider, which knows none
     * @param address of its page; empty likewise
     * @param hostKey the right of whoever leads; empty where there is none
     */
    public record External(String id, String address, Optional<Secret> hostKey) {

        /** Of a provider that keeps nothing. */
        public static final External NONE = new External("", "", Optional.empty());
    }
}
