// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sluse.live.LiveConnection;
import org.sluse.video.session.VideoSession;

/** Who of a session has a socket here, by their pseudonyms, and which connection between each two of their browsers is the present one. Guarded by the room's lock. */
final class Room {

    private final Map<String, Seat> seats = new LinkedHashMap<>();
    private final Map<Pair, String> connections = new HashMap<>();

    /** Two of a room, in whatever order they are named. */
    private record Pair(String one, String other) {

        static Pair of(String one, String other) {
            return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
        }

        boolean has(String who) {
            return one.equals(who) || other.equals(who);
        }
    }

    private static final class Seat {

        private final LiveConnection socket;
        private boolean ready;
        private String told = "";

        Seat(LiveConnection socket) {
            this.socket = socket;
        }
    }

    // ---- Seats ----

    /** Takes the seat; answers the older socket that had it. Which connections a page still has it says itself. */
    Optional<LiveConnection> sit(String who, LiveConnection socket) {
        part(who);
        return Optional.ofNullable(seats.put(who, new Seat(socket))).map(older -> older.socket);
    }

    /** Gives the seat up; answers whose it was, and nothing when a newer socket has it. */
    Optional<String> stand(LiveConnection socket) {
        var who = whoIs(socket);
        who.ifPresent(one -> {
            part(one);
            seats.remove(one);
        });
        return who;
    }

    /** Who sits there by this socket; empty when a newer one has their seat. */
    Optional<String> whoIs(LiveConnection socket) {
        return seats.entrySet()
                .stream()
                .filter(seat -> seat.getValue().socket.equals(socket))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Optional<LiveConnection> socketOf(String who) {
        return Optional.ofNullable(seats.get(who)).map(seat -> seat.socket);
    }

    /** Everybody who has a seat, in the order in which they took one. */
    List<String> present() {
        return List.copyOf(seats.keySet());
    }

    /** Tells whoever sits there, unless it is what they were told last by this way. */
    void tellNews(String who, String news) {
        var seat = seats.get(who);
        if (seat != null && !seat.told.equals(news)) {
            seat.told = news;
            seat.socket.send(news);
        }
    }

    boolean isEmpty() {
        return seats.isEmpty();
    }

    // ---- Connections ----

    /** Somebody wants connections; answers the others who want them too and have none with them. */
    List<String> ready(String who) {
        Optional.ofNullable(seats.get(who)).ifPresent(seat -> seat.ready = true);
        return present().stream()
                .filter(other -> areBothReady(who, other) && !connections.containsKey(Pair.of(who, other)))
                .toList();
    }

    /** Whether these are two, and each wants connections. */
    boolean areBothReady(String who, String other) {
        return !who.equals(other) && isReady(who) && isReady(other);
    }

    private boolean isReady(String who) {
        return seats.containsKey(who) && seats.get(who).ready;
    }

    /** From now on this is the connection between the two. */
    void begin(String who, String other, String connection) {
        connections.put(Pair.of(who, other), connection);
    }

    /** The two still have this connection, for example after the server began anew. */
    void keep(String who, String other, String connection) {
        if (seats.containsKey(who) && !who.equals(other)) {
            seats.get(who).ready = true;
            begin(who, other, connection);
        }
    }

    /** The other one's socket, when a signal for this connection may pass from the one to them. */
    Optional<LiveConnection> way(String who, String other, String connection) {
        return connection.equals(connections.get(Pair.of(who, other))) ? socketOf(other) : Optional.empty();
    }

    /** Follows everybody's way: whoever may not talk has no connection, has to be ready anew, and to be told again who is in. */
    void follow(VideoSession session) {
        present().stream().filter(who -> !session.mayTalk(who)).forEach(this::part);
    }

    private void part(String who) {
        connections.keySet().removeIf(pair -> pair.has(who));
        Optional.ofNullable(seats.get(who)).ifPresent(seat -> {
            seat.ready = false;
            seat.told = "";
        });
    }
}
