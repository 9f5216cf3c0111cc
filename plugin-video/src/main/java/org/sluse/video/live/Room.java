// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.sluse.live.LiveConnection;
import org.sluse.video.admission.Admission;
import org.sluse.video.admission.ParticipantRole;

/** Who of a session has a socket here, and which connection between the browsers is the present one. Guarded by the room's lock. */
final class Room {

    private final Map<ParticipantRole, LiveConnection> present = new EnumMap<>(ParticipantRole.class);
    private final EnumSet<ParticipantRole> ready = EnumSet.noneOf(ParticipantRole.class);
    private String connection = "";

    /** Takes the seat; answers the older socket that had it. */
    Optional<LiveConnection> sit(ParticipantRole role, LiveConnection socket) {
        ready.remove(role);
        return Optional.ofNullable(present.put(role, socket));
    }

    /** Gives the seat up; false when a newer socket has it. */
    boolean stand(ParticipantRole role, LiveConnection socket) {
        var had = present.remove(role, socket);
        if (had) {
            ready.remove(role);
        }
        return had;
    }

    Optional<LiveConnection> socketOf(ParticipantRole role) {
        return Optional.ofNullable(present.get(role));
    }

    /** Whether both want a connection now that {@code role} does. */
    boolean readyWith(ParticipantRole role) {
        ready.add(role);
        return ready.size() == 2 && present.size() == 2;
    }

    void begin(String name) {
        connection = name;
    }

    /** Follows the patient's way: while they may not talk no connection is the present one, and they have to be ready anew; the host stays so. */
    void follow(Admission patient) {
        if (!patient.mayTalk()) {
            connection = "";
            ready.remove(ParticipantRole.PATIENT);
        }
    }

    /** The other side's socket, when a signal for the connection from this socket may pass. */
    Optional<LiveConnection> wayFrom(LiveConnection socket, ParticipantRole role, String name) {
        return has(role, socket) && !connection.isEmpty() && connection.equals(name)
                ? socketOf(role.other())
                : Optional.empty();
    }

    /** Whether this socket has the seat, and no newer one. */
    boolean has(ParticipantRole role, LiveConnection socket) {
        return socketOf(role).filter(socket::equals).isPresent();
    }

    /** This side still has the connection, for example after the server began anew. */
    void keep(ParticipantRole role, String name) {
        ready.add(role);
        connection = name;
    }

    boolean isEmpty() {
        return present.isEmpty();
    }
}
