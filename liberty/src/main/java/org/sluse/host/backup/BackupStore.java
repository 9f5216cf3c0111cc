// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.tenant.TenantId;

/** Each clinic's last good backup and the last drill, as rows of the control database; what was done, as rows of the operator's log. Thread-safe; blocks. */
@OnePerNode
public final class BackupStore {

    /** A night and some hours, in which it was tried again. */
    private static final Duration TOO_OLD = Duration.ofHours(30);
    private static final Duration A_NIGHT = Duration.ofHours(20);
    private static final int MOST = 100;

    private final ControlDatabase control;

    @Inject
    BackupStore(ControlDatabase control) {
        this.control = control;
    }

    /**
     * A clinic whose last good backup is too old.
     *
     * @param at of its snapshot; empty when there is none
     */
    public record Late(String tenant, Optional<Instant> at) {}

    /**
     * How it stands.
     *
     * @param late how many clinics have a last good backup that is too old, or none and were opened long enough ago
     * @param newest of the newest snapshot; empty when there is none
     * @param drill how the last drill ended; empty when there was none
     */
    record Standing(int late, Optional<Instant> newest, Optional<Drill> drill) {}

    /**
     * A trial of restoring.
     *
     * @param millis how long it took
     * @param failure why it did not succeed; empty when everything was as it should be
     */
    public record Drill(Instant at, String tenant, String backup, long millis, Optional<String> failure) {}

    /** Which key backups of this installation are sealed with: that of the first node that asks. */
    int key(int own) {
        return control.write(handle -> {
            handle.execute("insert into backup_key (id) values (?) on conflict do nothing", own);
            return handle.createQuery("select id from backup_key").mapTo(int.class).one();
        });
    }

    /** @param last whether it is the clinic's last good backup now: it lies at the operator's place */
    void made(TenantId tenant, Made made, boolean last) {
        control.inTransaction(act("CREATE", tenant, made.id()).toldTo(tenant), handle -> {
            if (last) {
                handle.createUpdate(
                        """
                                insert into backup (tenant, id, at, rows, bytes, millis) values (:tenant, :id, :at, :rows, :bytes, :millis)
                                on conflict (tenant) do update set id = excluded.id, at = excluded.at, rows = excluded.rows, bytes = excluded.bytes, millis = excluded.millis""")
                        .bind("tenant", tenant.value())
                        .bindMethods(made)
                        .execute();
            }
        });
    }

    void notMade(TenantId tenant, String reason) {
        control.notDone(Act.of("CREATE", "Backup", tenant.value()).at(tenant), reason);
    }

    /** As {@link #notMade}, unless the log says so already of this night: a place that is away is tried each quarter of an hour, for every clinic. */
    void notMadeTonight(TenantId tenant, String reason, Instant now) {
        var said = control.read(handle -> handle.createQuery("""
                select 1 from operator_log
                where tenant = :tenant and object_type = 'Backup' and outcome = 'REFUSED' and at > :since limit 1""")
                .bind("tenant", tenant.value())
                .bind("since", now.minus(A_NIGHT))
                .mapTo(int.class)
                .findOne());
        if (said.isEmpty()) {
            notMade(tenant, reason);
        }
    }

    void removed(TenantId tenant, String id) {
        control.record(act("DELETE", tenant, id).at(tenant));
    }

    void drilled(TenantId tenant, Drill drill) {
        var act = Act.of("READ", "Backup", tenant.value() + "/" + drill.backup()).toldTo(tenant);
        control.inTransaction(act, handle -> handle.createUpdate(
                """
                        insert into restore_drill (at, tenant, backup, millis, failure) values (:at, :tenant, :backup, :millis, :failure)
                        on conflict (only_one) do update set at = excluded.at, tenant = excluded.tenant, backup = excluded.backup, millis = excluded.millis, failure = excluded.failure""")
                .bindMethods(drill)
                .execute());
    }

    /** Of the clinics that have a backup, the one whose turn it is in this week; another one each week. */
    Optional<TenantId> drawn(String week) {
        return control.read(handle -> handle
                .createQuery("select tenant from backup order by md5(tenant || :week), tenant limit 1")
                .bind("week", week)
                .mapTo(String.class)
                .findOne()
                .map(TenantId::new));
    }

    Optional<String> last(TenantId tenant) {
        return control.read(handle -> handle.createQuery("select id from backup where tenant = :tenant")
                .bind("tenant", tenant.value())
                .mapTo(String.class)
                .findOne());
    }

    Standing standing(Instant now) {
        return control.read(handle -> new Standing(
                handle.createQuery("select count(*) " + LATE)
                        .bind("late", now.minus(TOO_OLD))
                        .mapTo(int.class)
                        .one(),
                handle.createQuery("select max(at) from backup").mapTo(Instant.class).findOne(),
                handle.createQuery("select at, tenant, backup, millis, failure from restore_drill")
                        .map((row, context) -> new Drill(row.getTimestamp(1).toInstant(), row.getString(2),
                                row.getString(3), row.getLong(4), Optional.ofNullable(row.getString(5))))
                        .findOne()));
    }

    /** Clinics whose last good backup is too old, by id, a hundred at most. */
    public List<Late> late(Instant now) {
        return control.read(handle -> handle
                .createQuery("select tenant.id, backup.at " + LATE + " order by tenant.id limit :most")
                .bind("late", now.minus(TOO_OLD))
                .bind("most", MOST)
                .map((row, context) -> new Late(row.getString(1),
                        Optional.ofNullable(row.getTimestamp(2)).map(java.sql.Timestamp::toInstant)))
                .list());
    }

    private static final String LATE = """
            from tenant left join backup on backup.tenant = tenant.id where coalesce(backup.at, tenant.created_at) < :late""";

    private static Act act(String action, TenantId tenant, String id) {
        return Act.of(action, "Backup", tenant.value() + "/" + id);
    }
}
