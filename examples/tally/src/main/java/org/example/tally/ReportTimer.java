// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sluse.settings.Settings;
import org.sluse.timer.Timer;

/** Tells the quality register the totals of each week that is over, one week after the other. */
@Dependent
public final class ReportTimer implements Timer {

    private static final Duration AFTER_REFUSAL = Duration.ofHours(1);

    private final Contacts contacts;
    private final Settings<TallySettings> settings;
    private final Reports reports;

    @Inject
    ReportTimer(Contacts contacts, Settings<TallySettings> settings, Reports reports) {
        this.contacts = contacts;
        this.settings = settings;
        this.reports = reports;
    }

    @Override
    public String name() {
        return "report";
    }

    /** Without a register it looks again when the next week begins; the register may have been set by then. */
    @Override
    public Optional<Instant> run(Instant now) {
        var nextWeek = Optional.of(Week.of(now).end());
        var register = settings.get().register();
        var due = contacts.due();
        if (register.isEmpty() || due.isEmpty()) {
            return nextWeek;
        }
        if (!reports.send(register.get(), due.get())) {
            return Optional.of(now.plus(AFTER_REFUSAL));
        }
        contacts.reported(due.get());
        // Perhaps another week is due.
        return Optional.of(now);
    }
}
