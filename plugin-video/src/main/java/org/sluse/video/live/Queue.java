// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sluse.live.LiveConnection;
import org.sluse.video.admission.Participant;
import org.sluse.video.session.VideoSession;

/** Who follows the waiting room of one practitioner by a socket: they themselves, and the people of their sessions. Guarded by its lock in {@link Queues}. */
final class Queue {

    private final Set<LiveConnection> hosts = new HashSet<>();
    private final Map<LiveConnection, Guest> guests = new HashMap<>();

    /**
     * Somebody of a session.
     *
     * @param staffId empty for whoever is no co-host
     * @param told the newest place that they have heard; empty before, and for a co-host
     */
    private record Guest(UUID session, String inRoom, String staffId, String told) {

        boolean isCoHost() {
            return !staffId.isEmpty();
        }

        Guest heard(String word) {
            return new Guest(session, inRoom, staffId, word);
        }
    }

    void host(LiveConnection socket) {
        hosts.add(socket);
    }

    void guest(LiveConnection socket, UUID session, Participant who) {
        guests.put(socket, new Guest(session, who.inRoom(), who.who().staffId().orElse(""), ""));
    }

    void gone(LiveConnection socket) {
        hosts.remove(socket);
        guests.remove(socket);
    }

    boolean isEmpty() {
        return hosts.isEmpty() && guests.isEmpty();
    }

    /** Tells the practitioner everything, each co-host who is in the list of their session, and each other guest their place if it is another than they know. */
    void tell(List<VideoSession> present, Instant now) {
        var here = guests.values().stream().map(Guest::inRoom).collect(Collectors.toSet());
        if (!hosts.isEmpty()) {
            var waiting = Words.waiting(present, here, now);
            hosts.forEach(socket -> socket.send(waiting));
        }
        var sessions = present.stream().collect(Collectors.toMap(VideoSession::id, each -> each));
        var places = Turn.of(present, now).stream().collect(Collectors.toMap(Turn::session, Words::place));
        guests.replaceAll((socket, guest) -> {
            var session = sessions.get(guest.session());
            if (guest.isCoHost()) {
                // The list of the host's other sessions is not theirs, and while they are not in, none is.
                var led = session != null && session.isLedBy(guest.staffId())
                        ? List.of(session)
                        : List.<VideoSession>of();
                socket.send(Words.waiting(led, here, now));
                return guest;
            }
            var place = session != null && waits(session, guest.inRoom())
                    ? places.getOrDefault(guest.session(), guest.told())
                    : guest.told();
            if (!place.equals(guest.told())) {
                socket.send(place);
            }
            return guest.heard(place);
        });
    }

    private static boolean waits(VideoSession session, String inRoom) {
        return session.find(inRoom).filter(who -> who.admission().isWaiting()).isPresent();
    }
}
