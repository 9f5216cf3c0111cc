// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.comparison;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sluse.host.disclosure.Ledger;
import org.sluse.host.register.Declared;
import org.sluse.host.register.Declared.Party;

/** Holds what the ledger observed against what the register declared at the time of each call. A pure function. */
final class Comparison {

    /** New settings are in force at one revision and noted in the register at a later one: the note may come this much after the call. */
    static final Duration LATEST_NOTE = Duration.ofMinutes(1);

    private Comparison() {
    }

    /** Why the call was not one that had been declared; empty when it was, or when nothing left. @param declared oldest first */
    static Optional<Undeclared> of(Ledger.Row row, List<Declared> declared) {
        if (!row.hasLeft()) {
            return Optional.empty();
        }
        var then = inForce(row, declared);
        if (then.stream().noneMatch(one -> one.modules().contains(row.module()))) {
            return Optional.of(new Undeclared(row, Undeclared.Why.MODULE, List.of()));
        }
        var parties = then.stream().flatMap(one -> one.parties().stream()).filter(party -> isOf(row, party)).toList();
        if (parties.isEmpty()) {
            return Optional.of(new Undeclared(row, Undeclared.Why.RECIPIENT, List.of()));
        }
        if (parties.stream().anyMatch(party -> party.categories().isEmpty())) {
            return Optional.empty();
        }
        var granted = parties.stream()
                .flatMap(party -> party.categories().stream())
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        var beyond = row.categories().stream().filter(category -> !granted.contains(category)).sorted().toList();
        return beyond.isEmpty()
                ? Optional.empty()
                : Optional.of(new Undeclared(row, Undeclared.Why.CATEGORIES, beyond));
    }

    /** The revision that the call was decided by says what was in force; no clock does. */
    private static List<Declared> inForce(Ledger.Row row, List<Declared> declared) {
        var then = new ArrayList<Declared>();
        declared.stream()
                .filter(one -> one.revision() <= row.revision())
                .reduce((_, later) -> later)
                .ifPresent(then::add);
        declared.stream()
                .filter(one -> one.revision() > row.revision() && !one.at().isAfter(row.at().plus(LATEST_NOTE)))
                .forEach(then::add);
        return then;
    }

    private static boolean isOf(Ledger.Row row, Party party) {
        return party.module().equals(row.module()) && party.recipient().equals(row.recipientId())
                && party.name().equals(row.recipient());
    }

    /**
     * Someone who may receive data now.
     *
     * @param since from when on, without an interruption
     */
    record Standing(Party party, Instant since) {}

    /** Everyone who may receive data by the newest revision, and since when. @param declared oldest first */
    static List<Standing> standing(List<Declared> declared) {
        return declared.isEmpty()
                ? List.of()
                : declared.getLast()
                        .parties()
                        .stream()
                        .map(party -> new Standing(party, since(party, declared)))
                        .sorted(java.util.Comparator.comparing((Standing one) -> one.party().module())
                                .thenComparing(one -> one.party().recipient()))
                        .toList();
    }

    private static Instant since(Party party, List<Declared> declared) {
        return declared.reversed()
                .stream()
                .takeWhile(one -> one.parties().stream().anyMatch(party::isSameAs))
                .reduce((_, earlier) -> earlier)
                .orElseThrow()
                .at();
    }
}
