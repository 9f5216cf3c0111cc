// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider;

import java.util.UUID;

/** Whoever has sockets open for sessions that are held at a provider. Called with the tenant bound. */
public interface RoomListener {

    /** So many are in the session's room now, as its provider says. */
    void people(UUID session, int people);
}
