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
import org.sluse.video.session.VideoSession;

/** Who follows the waiting room of one practitioner by a socket: they themselves, and their patients. Guarded by its lock in {@link Queues}. */
final class Queue {

    private final Set<LiveConnection> hosts = new HashSet<>();
    private final Map<LiveConnection, Patient> patients = new HashMap<>();

    /** @param told the newest place that they have heard; empty before */
    private record Patient(UUID session, String told) {}

    void host(LiveConnection socket) {
        hosts.add(socket);
    }

    void patient(LiveConnection socket, UUID session) {
        patients.put(socket, new Patient(session, ""));
    }

    void gone(LiveConnection socket) {
        hosts.remove(socket);
        patients.remove(socket);
    }

    boolean isEmpty() {
        return hosts.isEmpty() && patients.isEmpty();
    }

    /** Tells the practitioner everything, and each patient their place if it is another than they know. */
    void tell(List<VideoSession> present, Instant now) {
        if (!hosts.isEmpty()) {
            var here = patients.values().stream().map(Patient::session).collect(Collectors.toSet());
            var waiting = Words.waiting(present, here, now);
            hosts.forEach(socket -> socket.send(waiting));
        }
        var places = Turn.of(present, now).stream().collect(Collectors.toMap(Turn::session, Words::place));
        patients.replaceAll((socket, patient) -> {
            var place = places.getOrDefault(patient.session(), patient.told());
            if (!place.equals(patient.told())) {
                socket.send(place);
            }
            return new Patient(patient.session(), place);
        });
    }
}
