// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.actor.Actor;
import org.sluse.host.signin.StaffSessions;
import org.sluse.live.CloseCode;
import org.sluse.tenant.TenantId;

/**
 * Closes the sockets of staff whose session stands no longer, wherever it was ended: looks into the databases of the clinics whose staff have sockets here, with one
 * question for each clinic, whatever the number of its sockets. While a clinic's database does not answer its sockets stay. Thread-safe.
 */
final class SessionWatch {

    private static final Logger LOG = Logger.getLogger(SessionWatch.class.getName());

    private final Collection<LiveSocket> open;
    private final Sessions sessions;
    private final Executor threads;
    private final Set<TenantId> underWay = ConcurrentHashMap.newKeySet();

    /** {@link StaffSessions#standing}. */
    interface Sessions {

        Map<StaffSessions.Key, Actor> standing(TenantId tenant, Set<StaffSessions.Key> keys);
    }

    /** @param open what is open at each time
     *  @param threads one for each clinic that is asked: one that hangs keeps no other waiting */
    SessionWatch(Collection<LiveSocket> open, Sessions sessions, Executor threads) {
        this.open = open;
        this.sessions = sessions;
        this.threads = threads;
    }

    /** Whether somebody may speak as {@code who}: anybody but staff may, and staff in a session of their own that gives them the roles. */
    static boolean maySpeak(Actor inSession, Actor who) {
        return who.kind() != Actor.Kind.STAFF || inSession.kind() == Actor.Kind.STAFF
                && inSession.id().equals(who.id()) && inSession.roles().containsAll(who.roles());
    }

    /** Looks at every clinic, without waiting for what is found. */
    void look() {
        open.stream()
                .filter(SessionWatch::isOfStaff)
                .collect(groupingBy(LiveSocket::tenant))
                .forEach(this::look);
    }

    /** Looks at one clinic, for which there is a reason to. */
    void look(TenantId tenant) {
        look(tenant, open.stream().filter(socket -> socket.tenant().equals(tenant) && isOfStaff(socket)).toList());
    }

    private void look(TenantId tenant, List<LiveSocket> sockets) {
        if (!sockets.isEmpty() && underWay.add(tenant)) {
            threads.execute(() -> {
                try {
                    closeWhatIsOver(tenant, sockets);
                } catch (RuntimeException away) {
                    LOG.log(Level.WARNING,
                            "sessions-not-read tenant=" + tenant + " cause=" + away.getClass().getName());
                } finally {
                    underWay.remove(tenant);
                }
            });
        }
    }

    private void closeWhatIsOver(TenantId tenant, List<LiveSocket> sockets) {
        var standing = sessions.standing(tenant, sockets.stream().map(LiveSocket::signedIn).collect(toSet()));
        var over = sockets.stream()
                .filter(socket -> !maySpeak(standing.getOrDefault(socket.signedIn(), Actor.anonymous()),
                        socket.actor().orElseGet(Actor::anonymous)))
                .toList();
        over.forEach(socket -> socket.closeSoon(CloseCode.SIGNED_OUT));
        if (!over.isEmpty()) {
            LOG.log(Level.INFO, "sockets-closed code=" + CloseCode.SIGNED_OUT + " tenant=" + tenant + " count="
                    + over.size());
        }
    }

    private static boolean isOfStaff(LiveSocket socket) {
        return socket.actor().filter(who -> who.kind() == Actor.Kind.STAFF).isPresent();
    }
}
