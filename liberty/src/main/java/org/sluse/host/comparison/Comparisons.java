// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.comparison;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.host.comparison.Comparison.Standing;
import org.sluse.host.comparison.ComparisonStore.Found;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.disclosure.Ledger;
import org.sluse.host.register.Declared;
import org.sluse.host.register.Register;
import org.sluse.host.tenant.Binding;
import org.sluse.problem.ProblemException;

/** Compares what the bound tenant's register declares with what its ledger observed. Thread-safe; blocks. */
@OnePerNode
public final class Comparisons {

    private static final Logger LOG = Logger.getLogger(Comparisons.class.getName());
    private static final int PIECE = 2000;
    /** Longer than a call lasts and than {@link Comparison#LATEST_NOTE}: what is younger is looked at the next time. */
    private static final Duration TOO_YOUNG = Duration.ofMinutes(2);
    /** Looked at once more: a node whose clock is behind writes rows of the past. What was found once is not found twice. */
    private static final Duration ONCE_MORE = Duration.ofDays(1);
    /** Who has been declared for less than this could not have been used yet. */
    private static final Duration TOO_NEW = Duration.ofDays(1);

    private final Supplier<List<Declared>> register;
    private final Ledger ledger;
    private final ComparisonStore store;
    private final Binding binding;
    private final Clock clock;

    @Inject
    Comparisons(Register register, Ledger ledger, ComparisonStore store, Binding binding, Clock clock) {
        this(register::declared, ledger, store, binding, clock);
    }

    /** @param register what the bound tenant's register declared, oldest first */
    Comparisons(Supplier<List<Declared>> register, Ledger ledger, ComparisonStore store, Binding binding, Clock clock) {
        this.register = register;
        this.ledger = ledger;
        this.store = store;
        this.binding = binding;
        this.clock = clock;
    }

    /**
     * How it stands.
     *
     * @param at when it was compared last; absent when never
     * @param undeclared disclosures that had not been declared, the newest first: those that nobody has looked into, and then others, a hundred at most
     * @param open how many nobody has looked into yet
     * @param unused who may receive data and has received nothing since
     */
    public record Overview(Optional<Instant> at, List<Found> undeclared, int open, List<Unused> unused) {}

    /** A recipient that is declared and has received nothing. @param since when it was declared @param name its legal name */
    public record Unused(String module, String recipient, String name, Instant since) {}

    /** How it stood when it was compared last. */
    public Overview overview() {
        return store.overview();
    }

    /** Compares what has been observed since the last time, and a day before, and says how it stands. */
    public Overview compare() {
        var now = clock.instant();
        var until = now.minus(TOO_YOUNG);
        var declared = register.get();
        var undeclared = new ArrayList<Undeclared>();
        var search = new Ledger.Search(store.through().minus(ONCE_MORE), until, Optional.empty(), Optional.empty(),
                Optional.empty());
        var rows = ledger.find(search, Ledger.Place.before(until), PIECE);
        while (!rows.isEmpty()) {
            rows.forEach(row -> Comparison.of(row, declared).ifPresent(undeclared::add));
            var last = rows.getLast();
            rows = ledger.find(search, new Ledger.Place(last.at(), last.id()), PIECE);
        }
        var unused = Comparison.standing(declared)
                .stream()
                .filter(one -> one.since().isBefore(now.minus(TOO_NEW)) && !hasReceived(one))
                .map(one -> new Unused(one.party().module(), one.party().recipient(), one.party().name(), one.since()))
                .toList();
        var tenant = binding.tenant().id();
        var found = store.keep(now, until, undeclared, unused);
        if (found > 0) {
            LOG.log(Level.SEVERE, "disclosures-not-declared tenant={0} rows={1}",
                    new Object[]{tenant, Integer.toString(found)});
            store.tellOperator(tenant);
        }
        var overview = store.overview();
        store.sum(tenant, now, overview.open(), unused.size());
        return overview;
    }

    private boolean hasReceived(Standing one) {
        return ledger.hasReceived(one.party().module(), one.party().recipient(), one.party().name(), one.since());
    }

    /**
     * The bound actor has looked into a disclosure that had not been declared; saying so again changes nothing.
     *
     * @throws ProblemException {@code problem/not-found} for a row that is none of those
     */
    public Overview lookedInto(UUID row) {
        store.lookedInto(row, clock.instant());
        var overview = store.overview();
        overview.at()
                .ifPresent(
                        at -> store.sum(binding.tenant().id(), at, overview.open(), overview.unused().size()));
        return overview;
    }
}
