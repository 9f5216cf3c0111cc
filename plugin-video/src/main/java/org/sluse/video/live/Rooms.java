// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.UUID;
import java.util.function.Consumer;
import org.sluse.tenant.TenantId;

/** The rooms of this node in which anybody is. Thread-safe. */
final class Rooms {

    private final Locked<Place, Room> rooms = new Locked<>(Room::new, Room::isEmpty);

    /** A session of a tenant; ids alone might be equal in two clinics. */
    private record Place(TenantId tenant, UUID session) {}

    /** Acts in the room of the session, under its lock. */
    void in(TenantId tenant, UUID session, Consumer<Room> act) {
        rooms.in(new Place(tenant, session), act);
    }

    /** Nobody of the tenant is in a room any more; their sockets are closed by others. */
    void forget(TenantId tenant) {
        rooms.forget(place -> place.tenant().equals(tenant));
    }
}
