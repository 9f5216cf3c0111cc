// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.host.backup.BackupStore.Drill;
import org.sluse.tenant.TenantId;

/** Once a week, for a clinic that is drawn: its last backup is brought up, compared and dropped again. Thread-safe; blocks. */
final class Drills {

    private static final Logger LOG = Logger.getLogger(Drills.class.getName());

    private final Restorations restorations;
    private final BackupStore store;
    private final Clock clock;

    Drills(Restorations restorations, BackupStore store, Clock clock) {
        this.restorations = restorations;
        this.store = store;
        this.clock = clock;
    }

    /** Does it when it is this clinic's turn and was not done in this week. */
    void ifItsTurn(TenantId tenant, Place place) {
        var week = week();
        var done = store.standing(clock.instant()).drill().filter(one -> week(one.at()).equals(week)).isPresent();
        if (!done && store.drawn(week).filter(tenant::equals).isPresent()) {
            store.last(tenant).ifPresent(id -> drill(tenant, place, id));
        }
    }

    private void drill(TenantId tenant, Place place, String id) {
        var begun = System.nanoTime();
        var failure = failure(tenant, place, id);
        var drill = new Drill(clock.instant(), tenant.value(), id, (System.nanoTime() - begun) / 1_000_000, failure);
        store.drilled(tenant, drill);
        LOG.log(failure.isEmpty() ? Level.INFO : Level.SEVERE, "restore-drill tenant=" + tenant + " backup=" + id
                + " millis=" + drill.millis() + failure.map(why -> " failure=" + why).orElse(""));
    }

    private Optional<String> failure(TenantId tenant, Place place, String id) {
        try {
            restorations.tryOut(place, tenant, id);
            return Optional.empty();
        } catch (BackupRefusedException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        } catch (RuntimeException failed) {
            return Optional.of("It failed with " + failed.getClass().getName());
        }
    }

    private String week() {
        return week(clock.instant());
    }

    private static String week(Instant at) {
        var day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        return day.get(IsoFields.WEEK_BASED_YEAR) + "-" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }
}
