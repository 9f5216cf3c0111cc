// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.time.Duration;
import java.util.Optional;
import org.sluse.data.Transaction;

/** The one deputy as a row. */
final class DeputyStore {

    private DeputyStore() {}

    static Optional<Deputy> find(Transaction tx) {
        return tx.handle()
                .createQuery("select * from deputy")
                .map((row, ctx) -> new Deputy(row.getString("practitioner"),
                        Duration.ofMinutes(row.getInt("after_minutes")), row.getTimestamp("set_at").toInstant()))
                .findOne();
    }

    static void set(Transaction tx, Deputy deputy, String by) {
        tx.handle()
                .createUpdate(
                        """
                                insert into deputy (practitioner, after_minutes, set_at, set_by) values (:practitioner, :after, :at, :by)
                                on conflict (only_row) do update set practitioner = excluded.practitioner, after_minutes = excluded.after_minutes,
                                set_at = excluded.set_at, set_by = excluded.set_by""")
                .bind("practitioner", deputy.practitioner())
                .bind("after", deputy.after().toMinutes())
                .bind("at", deputy.setAt())
                .bind("by", by)
                .execute();
    }

    static void remove(Transaction tx) {
        tx.handle().execute("delete from deputy");
    }
}
