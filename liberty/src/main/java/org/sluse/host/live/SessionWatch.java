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
import org.sluse.host.people.SessionEnds;
import org.sluse.host.signin.StaffSessions;
import org.sluse.live.CloseCode;
import org.sluse.tenant.TenantId;

/**
 * Closes the sockets of staff whose session stands no longer, wherever it was ended. Looks into the databases of those clinics whose staff have sockets here and at which a session has ended of late, with one
 * question for each clinic, whatever the number of its sockets; and once a minute at each, whatever is known of it. Where nobody can say where sessions have ended it looks at all. While a clinic's database
 * does not answer its sockets stay. Thread-safe; {@link #look()} on one thread at a time.
 */
final class SessionWatch {

    private static final Logger LOG = Logger.getLogger(SessionWatch.class.getName());

    /** Of so many looks each clinic has one that is its own. */
    static final int LOOKS_OF_ALL = 30;

    private final Collection<LiveSocket> open;
    private final Ends ends;
    private final Sessions sessions;
    private final Executor threads;
    private final Set<TenantId> underWay = ConcurrentHashMap.newKeySet();
    private int looks;

    /** {@link StaffSessions#standing}. */
    interface Sessions {

        Map<StaffSessions.Key, Actor> standing(TenantId tenant, Set<StaffSessions.Key> keys);
    }

    /** {@link SessionEnds#ofLate}. */
    interface Ends {

        Set<TenantId> ofLate(Collection<TenantId> tenants);
    }

    /** @param open what is open at each time
     *  @param threads one for each clinic that is asked: one that hangs keeps no other waiting */
    SessionWatch(Collection<LiveSocket> open, Ends ends, Sessions sessions, Executor threads) {
        this.open = open;
        this.ends = ends;
        this.sessions = sessions;
        this.threads = threads;
    }

    /** Whether somebody may speak as {@code who}: anybody but staff may, and staff in a session of their own that gives them the roles. */
    static boolean maySpeak(Actor inSession, Actor who) {
        return who.kind() != Actor.Kind.STAFF || inSession.kind() == Actor.Kind.STAFF
                && inSession.id().equals(who.id()) && inSession.roles().containsAll(who.roles());
    }

    /** Looks at every clinic for which there is a reason to, without waiting for what is found. */
    void look() {
        looks++;
        var clinics = open.stream().filter(SessionWatch::isOfStaff).collect(groupingBy(LiveSocket::tenant));
        if (clinics.isEmpty()) {
            return;
        }
        var restless = restless(clinics.keySet());
        clinics.forEach((tenant, sockets) -> {
            if (restless.contains(tenant) || Math.floorMod(tenant.hashCode() + looks, LOOKS_OF_ALL) == 0) {
                look(tenant, sockets);
            }
        });
    }

    private Set<TenantId> restless(Set<TenantId> clinics) {
        try {
            return ends.ofLate(clinics);
        } catch (RuntimeException away) {
            LOG.log(Level.WARNING, "session-ends-not-read cause={0}", away.getClass().getName());
            return clinics;
        }
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
