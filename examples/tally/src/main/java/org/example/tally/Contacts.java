// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;

/** The use cases: count a contact, read a week, know which week is still to be reported. */
@Dependent
public final class Contacts {

    private final TenantDatabase database;
    private final Clock clock;

    @Inject
    Contacts(TenantDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Counts one contact, now. */
    void count(Way way) {
        database.inTransaction(AuditEntry.of(AuditAction.CREATE, "Contact", way.name()),
                tx -> tx.handle()
                        .createUpdate("insert into contact (way, at) values (:way, :at)")
                        .bind("way", way.name())
                        .bind("at", clock.instant())
                        .execute());
    }

    /** The totals of the week of now; every way is in it. */
    Map<Way, Integer> thisWeek() {
        return totals(Week.of(clock.instant()));
    }

    /** The totals of a week; every way is in it. */
    Map<Way, Integer> totals(Week week) {
        return database.inTransaction(AuditEntry.list("Contact"), tx -> {
            var totals = new EnumMap<Way, Integer>(Way.class);
            for (var way : Way.values()) {
                totals.put(way, 0);
            }
            tx.handle()
                    .createQuery("select way, count(*) from contact where at >= :start and at < :end group by way")
                    .bind("start", week.start())
                    .bind("end", week.end())
                    .map((row, context) -> Map.entry(Way.valueOf(row.getString(1)), row.getInt(2)))
                    .forEach(entry -> totals.put(entry.getKey(), entry.getValue()));
            return totals;
        });
    }

    /** The oldest week that is over, has contacts and is not reported. */
    Optional<Week> due() {
        var current = Week.of(clock.instant()).start();
        return database.inTransaction(AuditEntry.list("Report"), tx -> firstUnreported(tx, current));
    }

    private static Optional<Week> firstUnreported(Transaction tx, Instant before) {
        return tx.handle()
                .createQuery("""
                        select min(at) from contact where at < :before
                        and date_trunc('week', at at time zone 'UTC')::date not in (select monday from report)""")
                .bind("before", before)
                .mapTo(Instant.class)
                .findOne()
                .map(Week::of);
    }

    /** Notes that the register has the week. */
    void reported(Week week) {
        database.inTransaction(AuditEntry.of(AuditAction.CREATE, "Report", week.monday().toString()),
                tx -> tx.handle()
                        .createUpdate("insert into report (monday, sent_at) values (:monday, :at)")
                        .bind("monday", week.monday())
                        .bind("at", clock.instant())
                        .execute());
    }
}
