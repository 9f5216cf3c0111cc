// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.location.Placement;
import org.sluse.id.Ids;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/**
 * What a clinic must have in writing before its data comes to a place: outside the EEA, or with backups beside the data, only by the clinic's own policy. It is a paper like
 * others: when it ends, the clinic's modules go off. Thread-safe.
 */
@OnePerNode
public final class PlacePolicies {

    private final PaperStore store;
    private final Ids ids;

    @Inject
    PlacePolicies(PaperStore store, Ids ids) {
        this.store = store;
        this.ids = ids;
    }

    /** The papers with which a clinic may come to a place; none where none is needed. */
    public final class Policy {

        private final List<Paper> papers;

        private Policy(List<Paper> papers) {
            this.papers = papers;
        }

        /** Files them with the clinic that comes, in the caller's transaction. */
        public void file(Handle handle, TenantId clinic) {
            papers.forEach(paper -> store.add(handle, clinic, paper));
        }
    }

    /** As {@link #require(Placement, List, Optional)}, of a clinic that is there already, with the papers that it has. */
    public Policy require(Placement placement, TenantId clinic, Optional<Paper.Terms> policy) {
        return require(placement, store.all(clinic), policy);
    }

    /**
     * Whether a clinic may come there.
     *
     * @param filed papers that the clinic has on record already
     * @param policy what it has in writing; one document may say all that is needed
     * @throws ProblemException {@code problem/not-allowed-value} for a place that needs a policy and has none that holds today, and for a policy that nothing needs
     */
    public Policy require(Placement placement, List<Paper> filed, Optional<Paper.Terms> policy) {
        var missing = Requirement.of(placement, filed, store.today())
                .stream()
                .filter(Requirement::isMissing)
                .toList();
        if (missing.isEmpty() && policy.isPresent()) {
            throw refused("not-needed", "Nothing about this place needs a policy; right would be to leave it out");
        }
        var papers = missing.stream()
                .flatMap(one -> policy.stream()
                        .map(terms -> new Paper(ids.next(), one.plugin(), one.recipient(), one.party(), one.kind(),
                                terms, Optional.empty())))
                .toList();
        if (!missing.isEmpty() && papers.stream().noneMatch(paper -> paper.holdsOn(store.today()))) {
            throw refused("required", missing.stream().map(PlacePolicies::sentence).collect(Collectors.joining(" "))
                    + " That needs the clinic's own policy in writing; right would be its version, signer, day and SHA-256, holding today, or another location");
        }
        return new Policy(papers);
    }

    private static String sentence(Requirement missing) {
        return switch (missing.kind()) {
            case PLACE_OUTSIDE_EEA -> missing.party() + " lies outside the EEA.";
            case BACKUPS_BESIDE_DATA -> "Backups lie in " + missing.party() + ", where the data rests.";
            case AGREEMENT, RISK_ASSESSMENT, TRANSFER_BASIS -> throw new IllegalStateException(missing.toString());
        };
    }

    private static ProblemException refused(String code, String why) {
        return ProblemException.notAllowed("/policy", code, why);
    }
}
