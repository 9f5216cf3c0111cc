// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.sluse.tenant.TenantId;

/** The rooms of this node in which anybody is. Thread-safe. */
final class Rooms {

    private final Map<Place, Room> rooms = new ConcurrentHashMap<>();

    /** A session of a tenant; ids alone might be equal in two clinics. */
    private record Place(TenantId tenant, UUID session) {}

    /** Acts in the room of the session, under its lock. */
    void in(TenantId tenant, UUID session, Consumer<Room> act) {
        var place = new Place(tenant, session);
        while (true) {
            var room = rooms.computeIfAbsent(place, key -> new Room());
            synchronized (room) {
                if (rooms.get(place) != room) {
                    // Emptied and taken out while this thread waited for it.
                    continue;
                }
                try {
                    act.accept(room);
                } finally {
                    if (room.isEmpty()) {
                        rooms.remove(place, room);
                    }
                }
                return;
            }
        }
    }

    /** Nobody of the tenant is in a room any more; their sockets are closed by others. */
    void forget(TenantId tenant) {
        rooms.keySet().removeIf(place -> place.tenant().equals(tenant));
    }
}
