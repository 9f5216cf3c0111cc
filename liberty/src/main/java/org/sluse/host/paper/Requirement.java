// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sluse.disclosure.Recipient;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.location.Placement;
import org.sluse.plugin.PluginId;

/**
 * A paper that a recipient needs, or the place of a clinic's data, and how it stands.
 *
 * @param plugin whose recipient; {@code core} for a place
 * @param recipient its id; that of a location for a place
 * @param paper the one that holds, else the last that did or will; absent: there has been none
 */
public record Requirement(PluginId plugin, String recipient, String party, PaperKind kind, State state,
        Optional<Paper> paper) {

    /** How it stands. Only {@link #HOLDS} lets a module be on. */
    public enum State {
        HOLDS, MISSING, ENDED, NOT_YET
    }

    /** Whether nothing may pass for want of it. */
    public boolean isMissing() {
        return state != State.HOLDS;
    }

    /** What these recipients of a plugin need on this day, in the order of recipients and kinds. A pure function. */
    static List<Requirement> of(PluginId plugin, List<Recipient> recipients, List<Paper> papers, LocalDate day) {
        var all = new ArrayList<Requirement>();
        for (var recipient : recipients) {
            for (var kind : PaperKind.values()) {
                if (kind.isNeededBy(recipient)) {
                    all.add(of(plugin, recipient.id(), recipient.name(), kind, papers, day));
                }
            }
        }
        return List.copyOf(all);
    }

    /** What the place of a clinic's data needs on this day, in the order of kinds: no module may be on without it. A pure function. */
    static List<Requirement> of(Placement placement, List<Paper> papers, LocalDate day) {
        return Arrays.stream(PaperKind.values())
                .flatMap(kind -> kind.neededFor(placement)
                        .stream()
                        .map(place -> of(TenantDatabases.CORE, place.id(), place.named(), kind, papers, day)))
                .toList();
    }

    private static Requirement of(PluginId plugin, String recipient, String party, PaperKind kind,
            List<Paper> papers, LocalDate day) {
        var newest = papers.stream()
                .filter(paper -> paper.plugin().equals(plugin) && paper.recipient().equals(recipient)
                        && paper.party().equals(party) && paper.kind() == kind)
                .max(Comparator.<Paper, Boolean>comparing(paper -> paper.holdsOn(day))
                        .thenComparing(paper -> paper.endedAt().isEmpty())
                        .thenComparing(paper -> paper.terms().validUntil().orElse(LocalDate.MAX)));
        return new Requirement(plugin, recipient, party, kind,
                newest.map(paper -> state(paper, day)).orElse(State.MISSING), newest);
    }

    private static State state(Paper paper, LocalDate day) {
        if (paper.holdsOn(day)) {
            return State.HOLDS;
        }
        return paper.endedAt().isEmpty() && day.isBefore(paper.terms().signedOn()) ? State.NOT_YET : State.ENDED;
    }
}
