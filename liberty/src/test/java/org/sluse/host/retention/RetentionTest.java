// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.DataMap;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.HostTables;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.testkit.ManualClock;
import org.sluse.video.VideoPlugin;

/** A clinic with one video session today, which is kept for 30 days. On a real PostgreSQL, with the tables of video. */
class RetentionTest {

    private static final PluginId VIDEO = new PluginId("video");
    /** Its second migration cannot be applied. */
    private static final PluginId DELTA = new PluginId("delta");
    private static final PluginId NEVER_ON = new PluginId("beta");
    private static final Map<PluginId, DataMap> MAPS = Map.of(VIDEO, new VideoPlugin().dataMap());
    private static final Actor NIGHT = Actor.timer("retention");

    private final ManualClock clock = new ManualClock();
    private final Binding binding = new Binding();
    private final ControlDatabase control = ControlDatabases.running(clock);
    private final DataPorts data = TestClinics.ports(binding, clock, MAPS);
    private final Tenant clinic = TestClinics.create();
    private int keptDays = 30;

    @BeforeEach
    void a_session_today() {
        var session = UUID.randomUUID();
        write(VIDEO, """
                insert into session (id, room, host_id, host_in_room, patient_label, starts_at, minutes, state)
                values ('%s', 'room', 'practitioner-1', 'host', 'Patient 4', '%s', 50, 'ENDED')"""
                .formatted(session, clock.instant()));
        write(VIDEO, """
                insert into participant (id, session_id, in_room, display_name, admission)
                values ('%s', '%s', 'guest', 'Patient 4', 'ENDED')""".formatted(UUID.randomUUID(), session));
    }

    @Test
    void a_session_goes_with_everything_known_about_it_when_its_days_are_over_and_not_before() {
        clock.advance(Duration.ofDays(30));
        run(VIDEO);
        assertThat(count(VIDEO, "session")).isOne();

        clock.advance(Duration.ofSeconds(1));
        run(VIDEO);

        assertThat(count(VIDEO, "session")).isZero();
        assertThat(count(VIDEO, "participant")).isZero();
    }

    @Test
    void a_deletion_is_in_the_trail_with_how_many_and_a_night_without_one_is_not() {
        run(VIDEO);
        assertThat(deletions()).isEmpty();

        clock.advance(Duration.ofDays(31));
        run(VIDEO);
        run(VIDEO);

        assertThat(deletions()).containsExactly("TIMER retention video Session * 1");
    }

    @Test
    void a_clinic_that_sets_fewer_days_has_its_sessions_for_fewer() {
        keptDays = 7;
        clock.advance(Duration.ofDays(8));

        run(VIDEO);

        assertThat(count(VIDEO, "session")).isZero();
    }

    @Test
    void sign_ins_and_spent_links_go_too_and_the_trail_stays() {
        var staff = UUID.randomUUID();
        write(TenantDatabases.CORE,
                "insert into staff values ('%s', 'https://issuer.example', '1', 'Practitioner 1', '{}')"
                        .formatted(staff));
        write(TenantDatabases.CORE,
                "insert into staff_session values ('\\x01', '%s', 'https://issuer.example', '%s', '%s')"
                        .formatted(staff, clock.instant(), clock.instant().plus(Duration.ofHours(10))));
        write(VIDEO,
                "insert into one_time_link (id, object_id, code_hash, expires_at) values ('link', 'object', '\\x01', '%s')"
                        .formatted(clock.instant()));
        var entries = count(TenantDatabases.CORE, "audit");

        clock.advance(Duration.ofHours(33));
        run(VIDEO);
        assertThat(count(TenantDatabases.CORE, "staff_session")).isOne();

        clock.advance(Duration.ofDays(60));
        run(VIDEO);

        assertThat(count(TenantDatabases.CORE, "staff_session")).isZero();
        assertThat(count(VIDEO, "one_time_link")).isZero();
        assertThat(count(TenantDatabases.CORE, "staff")).isOne();
        assertThat(count(TenantDatabases.CORE, "audit")).isGreaterThan(entries);
    }

    @Test
    void a_module_that_was_never_on_gets_no_tables_by_it() {
        run(NEVER_ON, VIDEO);

        boolean none = at(() -> data.lookUp(handle -> handle.createQuery("select to_regnamespace('beta') is null")
                .mapTo(boolean.class)
                .one()));
        assertThat(none).isTrue();
    }

    @Test
    void a_module_whose_tables_are_out_of_reach_keeps_no_other_from_it_and_is_named() {
        assertThatThrownBy(() -> at(() -> data.lookUp(DELTA, handle -> 1))).isInstanceOf(ProblemException.class);
        clock.advance(Duration.ofDays(31));

        assertThatIllegalStateException().isThrownBy(() -> run(DELTA, VIDEO))
                .withMessage("What is over could not be deleted in: delta");

        assertThat(count(VIDEO, "session")).isZero();
    }

    @Test
    void the_operators_sign_ins_go_and_are_a_row_of_the_operators_log_that_names_no_clinic() {
        clock.advance(Duration.ofDays(20_000));
        control.write(handle -> handle.execute("insert into operator_session values ('\\x07', ?, ?)",
                clock.instant(), clock.instant()));

        clock.advance(Duration.ofDays(2));
        run();

        int left = control.read(handle -> handle
                .createQuery("select count(*) from operator_session where hash = '\\x07'")
                .mapTo(int.class)
                .one());
        List<String> rows = control.read(handle -> handle.createQuery(
                "select actor_id || ' of ' || coalesce(tenant, 'no clinic') from operator_log where action = 'DELETE' and object_type = 'OperatorSession' and at = :now")
                .bind("now", clock.instant())
                .mapTo(String.class)
                .list());
        assertThat(left).isZero();
        assertThat(rows).containsExactly("retention of no clinic");
    }

    @Test
    void a_module_whose_jar_is_gone_is_warned_of_each_night_and_one_that_is_there_is_not() {
        assertThat(logged(() -> run(VIDEO))).isEmpty();

        var warning = "retention-without-plugin tenant=" + clinic.id().value() + " plugin=video";
        assertThat(logged(this::run)).containsExactly(warning);
        assertThat(logged(this::run)).containsExactly(warning);
        assertThat(count(VIDEO, "session")).isOne();
    }

    private static List<String> logged(Runnable work) {
        var lines = new ArrayList<String>();
        var handler = new Handler() {

            @Override
            public void publish(LogRecord line) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var logger = Logger.getLogger(Retention.class.getName());
        logger.addHandler(handler);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
        }
        return lines;
    }

    private void run(PluginId... plugins) {
        var retention = new Retention(List.of(plugins),
                plugin -> plugin.equals(TenantDatabases.CORE)
                        ? HostTables.CORE
                        : MAPS.getOrDefault(plugin, DataMap.NOTHING).and(HostTables.BESIDE_A_PLUGIN),
                data, control, binding, (plugin, setting) -> keptDays, clock);
        binding.run(clinic, NIGHT, retention::run);
    }

    private List<String> deletions() {
        return at(() -> data.lookUp(handle -> handle
                .createQuery(
                        """
                                select actor_kind || ' ' || actor_id || ' ' || plugin || ' ' || object_type || ' ' || object_id || ' ' || objects
                                from core.audit where action = 'DELETE' and outcome = 'DONE' order by id""")
                .mapTo(String.class)
                .list()));
    }

    private int count(PluginId plugin, String table) {
        return at(() -> data.lookUp(plugin,
                handle -> handle.createQuery("select count(*) from " + table).mapTo(int.class).one()));
    }

    private void write(PluginId plugin, String statement) {
        at(() -> data.forPlugin(plugin)
                .inTransaction(AuditEntry.of(AuditAction.CREATE, "Test", "1"), tx -> tx.handle().execute(statement)));
    }

    private <T> T at(Supplier<T> work) {
        return binding.<T, RuntimeException>call(clinic, new Actor(Actor.Kind.STAFF, "practitioner-1", Set.of()),
                work::get);
    }
}
