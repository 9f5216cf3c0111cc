// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.host.signin.StaffSessions;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

class SessionWatchTest {

    private static final TenantId NORTH = new TenantId("clinic-north");
    private static final TenantId SOUTH = new TenantId("clinic-south");
    private static final PluginId VIDEO = new PluginId("video");
    private static final int SIGNED_OUT = 4402;

    /** Which sessions stand, by clinic. */
    private final Map<TenantId, Map<StaffSessions.Key, Actor>> sessions = new HashMap<>();
    private final List<TenantId> asked = new ArrayList<>();
    private final List<Runnable> looks = new ArrayList<>();
    private final List<LiveSocket> open = new ArrayList<>();
    private final SessionWatch watch = new SessionWatch(open, this::ofLate, this::standing, looks::add);
    /** Where a session has ended of late; absent: nobody can say. */
    private Optional<Set<TenantId>> restless = Optional.of(Set.of(NORTH, SOUTH));

    @Test
    void a_socket_whose_session_is_over_is_closed_and_one_whose_session_stands_is_not() throws InterruptedException {
        begin(NORTH, "laptop", practitioner("1"));
        begin(NORTH, "phone", practitioner("1"));
        var atLaptop = socket(NORTH, "laptop", practitioner("1"));
        var atPhone = socket(NORTH, "phone", practitioner("1"));

        end(NORTH, "laptop");
        look();

        assertThat(atLaptop.closed()).isEqualTo(SIGNED_OUT);
        assertThat(atPhone.isOpen()).isTrue();
    }

    @Test
    void whoever_has_lost_the_role_in_which_they_speak_is_heard_no_longer() throws InterruptedException {
        begin(NORTH, "laptop", practitioner("1"));
        var socket = socket(NORTH, "laptop", practitioner("1"));

        begin(NORTH, "laptop", new Actor(Actor.Kind.STAFF, "1", Set.of(Role.ANYONE, Role.ADMINISTRATOR)));
        look();

        assertThat(socket.closed()).isEqualTo(SIGNED_OUT);
    }

    @Test
    void a_session_of_the_same_name_at_another_clinic_keeps_no_socket_open() throws InterruptedException {
        begin(SOUTH, "laptop", practitioner("1"));
        var socket = socket(NORTH, "laptop", practitioner("1"));

        look();

        assertThat(socket.closed()).isEqualTo(SIGNED_OUT);
    }

    @Test
    void a_patient_at_a_browser_in_which_somebody_signs_out_stays() {
        var patient = socket(NORTH, "laptop", Actor.linkHolder("4"));

        look();

        assertThat(patient.isOpen()).isTrue();
        assertThat(asked).isEmpty();
    }

    @Test
    void each_clinic_is_asked_once_however_many_sockets_it_has() {
        for (var each : List.of("one", "two", "three")) {
            begin(NORTH, each, practitioner("1"));
            begin(SOUTH, each, practitioner("1"));
            socket(NORTH, each, practitioner("1"));
            socket(SOUTH, each, practitioner("1"));
        }

        look();

        assertThat(asked).containsExactlyInAnyOrder(NORTH, SOUTH);
    }

    @Test
    void a_clinic_whose_database_hangs_is_not_asked_again_meanwhile_and_others_are() {
        socket(NORTH, "laptop", practitioner("1"));
        watch.look();
        var hanging = List.copyOf(looks);
        looks.clear();
        begin(SOUTH, "laptop", practitioner("1"));
        socket(SOUTH, "laptop", practitioner("1"));

        look();
        assertThat(asked).containsExactly(SOUTH);

        hanging.forEach(Runnable::run);
        look();
        assertThat(asked).startsWith(SOUTH, NORTH).containsExactlyInAnyOrder(SOUTH, NORTH, SOUTH, NORTH);
    }

    @Test
    void a_database_that_does_not_answer_closes_nothing_and_is_asked_again() throws InterruptedException {
        var socket = socket(NORTH, "laptop", practitioner("1"));
        sessions.remove(NORTH);

        look();
        assertThat(socket.isOpen()).isTrue();
        sessions.put(NORTH, new HashMap<>());
        look();

        assertThat(socket.closed()).isEqualTo(SIGNED_OUT);
    }

    @Test
    void a_hint_looks_at_its_clinic_alone() throws InterruptedException {
        var north = socket(NORTH, "laptop", practitioner("1"));
        var south = socket(SOUTH, "laptop", practitioner("1"));

        watch.look(NORTH);
        looks.forEach(Runnable::run);

        assertThat(north.closed()).isEqualTo(SIGNED_OUT);
        assertThat(south.isOpen()).isTrue();
    }

    @Test
    void a_clinic_at_which_no_session_has_ended_is_not_asked() throws InterruptedException {
        var north = socket(NORTH, "laptop", practitioner("1"));
        begin(SOUTH, "laptop", practitioner("1"));
        socket(SOUTH, "laptop", practitioner("1"));
        restless = Optional.of(Set.of(NORTH));

        for (var time = 0; time < 5; time++) {
            look();
        }

        assertThat(asked.stream().filter(NORTH::equals)).hasSize(5);
        assertThat(asked.stream().filter(SOUTH::equals)).hasSizeLessThanOrEqualTo(1);
        assertThat(north.closed()).isEqualTo(SIGNED_OUT);
    }

    @Test
    void each_clinic_is_asked_once_in_a_while_whatever_is_known_of_it() throws InterruptedException {
        var socket = socket(NORTH, "laptop", practitioner("1"));
        begin(SOUTH, "laptop", practitioner("1"));
        socket(SOUTH, "laptop", practitioner("1"));
        restless = Optional.of(Set.of());

        for (var time = 0; time < SessionWatch.LOOKS_OF_ALL; time++) {
            look();
        }

        assertThat(asked).containsExactlyInAnyOrder(NORTH, SOUTH);
        assertThat(socket.closed()).isEqualTo(SIGNED_OUT);
    }

    @Test
    void where_nobody_can_say_where_sessions_ended_each_clinic_is_asked() {
        socket(NORTH, "laptop", practitioner("1"));
        socket(SOUTH, "laptop", practitioner("1"));
        restless = Optional.empty();

        look();

        assertThat(asked).containsExactlyInAnyOrder(NORTH, SOUTH);
    }

    private Set<TenantId> ofLate(Collection<TenantId> clinics) {
        return restless.orElseThrow(() -> new IllegalStateException("The control database does not answer"));
    }

    private void look() {
        watch.look();
        looks.forEach(Runnable::run);
        looks.clear();
    }

    private Map<StaffSessions.Key, Actor> standing(TenantId tenant, Set<StaffSessions.Key> keys) {
        asked.add(tenant);
        var there = sessions.get(tenant);
        if (there == null) {
            throw new IllegalStateException("The database does not answer");
        }
        var found = new HashMap<>(there);
        found.keySet().retainAll(keys);
        return found;
    }

    private void begin(TenantId tenant, String session, Actor who) {
        sessions.computeIfAbsent(tenant, any -> new HashMap<>()).put(new StaffSessions.Key(session), who);
    }

    private void end(TenantId tenant, String session) {
        sessions.getOrDefault(tenant, new HashMap<>()).remove(new StaffSessions.Key(session));
    }

    private TestSocket socket(TenantId tenant, String session, Actor who) {
        sessions.computeIfAbsent(tenant, any -> new HashMap<>());
        var socket = new TestSocket(tenant, VIDEO, session);
        socket.socket.joined(who);
        open.add(socket.socket);
        return socket;
    }

    private static Actor practitioner(String id) {
        return new Actor(Actor.Kind.STAFF, id, Set.of(Role.ANYONE, Role.PRACTITIONER));
    }
}
