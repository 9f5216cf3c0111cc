// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** Papers as rows of the control database; each change is a row of the operator's log. Thread-safe; blocks. */
@OnePerNode
final class PaperStore {

    private final ControlDatabase control;
    private final Clock clock;

    @Inject
    PaperStore(ControlDatabase control, Clock clock) {
        this.control = control;
        this.clock = clock;
    }

    /** Today, in UTC. */
    LocalDate today() {
        return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    }

    void add(TenantId tenant, Paper paper) {
        control.inTransaction("CREATE", "Paper", tenant.value() + "/" + paper.id(),
                handle -> add(handle, tenant, paper));
    }

    /** In the caller's transaction. */
    void add(Handle handle, TenantId tenant, Paper paper) {
        handle.createUpdate(
                """
                        insert into paper (id, tenant, plugin, recipient, party, kind, version, signer, signed_on, valid_until, sha256, added_at)
                        values (:id, :tenant, :plugin, :recipient, :party, :kind, :version, :signer, :signed, :until, :sha256, :at)""")
                .bind("id", paper.id())
                .bind("tenant", tenant.value())
                .bind("plugin", paper.plugin().value())
                .bind("recipient", paper.recipient())
                .bind("party", paper.party())
                .bind("kind", paper.kind().name())
                .bind("version", paper.terms().version())
                .bind("signer", paper.terms().signer())
                .bind("signed", paper.terms().signedOn())
                .bind("until", paper.terms().validUntil())
                .bind("sha256", paper.terms().sha256())
                .bind("at", clock.instant())
                .execute();
    }

    void end(TenantId tenant, UUID id) {
        control.inTransaction("CHANGE", "Paper", tenant.value() + "/" + id,
                handle -> handle
                        .createUpdate(
                                "update paper set ended_at = :at where id = :id and tenant = :tenant and ended_at is null")
                        .bind("at", clock.instant())
                        .bind("id", id)
                        .bind("tenant", tenant.value())
                        .execute());
    }

    /** Every paper of the tenant, the newest first. */
    List<Paper> all(TenantId tenant) {
        return control
                .read(handle -> handle.createQuery("select * from paper where tenant = :tenant order by added_at desc")
                        .bind("tenant", tenant.value())
                        .map((row, context) -> paper(row))
                        .list());
    }

    /** Whose papers have ended without anybody having looked which modules go off with them. */
    List<TenantId> unsettled() {
        return control.read(handle -> handle.createQuery("""
                select distinct tenant from paper
                where settled_at is null and (ended_at is not null or valid_until < :today)""")
                .bind("today", today())
                .map((row, context) -> new TenantId(row.getString(1)))
                .list());
    }

    /** Which of the tenant's papers these are. */
    List<UUID> unsettled(TenantId tenant) {
        return control.read(handle -> handle.createQuery("""
                select id from paper
                where tenant = :tenant and settled_at is null and (ended_at is not null or valid_until < :today)""")
                .bind("tenant", tenant.value())
                .bind("today", today())
                .mapTo(UUID.class)
                .list());
    }

    /** The modules that may not be on without these papers are off. */
    void settled(TenantId tenant, List<UUID> papers) {
        control.inTransaction("SETTLE", "Paper", tenant.value(),
                handle -> handle.createUpdate("update paper set settled_at = :at where id in (<papers>)")
                        .bind("at", clock.instant())
                        .bindList("papers", papers)
                        .execute());
    }

    private static Paper paper(ResultSet row) throws SQLException {
        return new Paper(row.getObject("id", UUID.class), new PluginId(row.getString("plugin")),
                row.getString("recipient"), row.getString("party"), PaperKind.valueOf(row.getString("kind")),
                new Paper.Terms(row.getString("version"), row.getString("signer"),
                        row.getObject("signed_on", LocalDate.class),
                        Optional.ofNullable(row.getObject("valid_until", LocalDate.class)), row.getString("sha256")),
                Optional.ofNullable(row.getTimestamp("ended_at")).map(java.sql.Timestamp::toInstant));
    }
}
