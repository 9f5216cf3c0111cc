// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Papers as administrators and the operator read them. */
public final class PaperViews {

    private PaperViews() {}

    /**
     * A paper.
     *
     * @param validUntil the last day; absent: until somebody ends it
     * @param endedAt absent: nobody has ended it
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record PaperView(String id, String module, String recipient, String party, PaperKind kind, String version,
            String signer, LocalDate signedOn, Optional<LocalDate> validUntil, String sha256,
            Optional<Instant> endedAt) {}

    /** A paper that a recipient needs; {@code paper} is absent when there has been none. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record RequirementView(String module, String recipient, String party, PaperKind kind,
            Requirement.State state, Optional<PaperView> paper) {}

    /** What is needed, and every paper that there is, the newest first. */
    public record OverviewView(List<RequirementView> required, List<PaperView> papers) {}

    /** A clinic's policy on the place of its data; see {@link Paper.Terms}. */
    public record FilePolicy(String version, String signer, LocalDate signedOn, Optional<LocalDate> validUntil,
            String sha256) {

        /** What {@link PlacePolicies} takes. */
        public Paper.Terms terms() {
            return new Paper.Terms(version, signer, signedOn, validUntil, sha256);
        }
    }

    /** A paper to be filed; see {@link Paper.Terms}. */
    public record FilePaper(String module, String recipient, PaperKind kind, String version, String signer,
            LocalDate signedOn, Optional<LocalDate> validUntil, String sha256) {

        /** What {@link Papers#add} takes. */
        public Papers.NewPaper paper() {
            return new Papers.NewPaper(module, recipient, kind,
                    new Paper.Terms(version, signer, signedOn, validUntil, sha256));
        }
    }

    /** The overview. */
    public static OverviewView of(Papers.Overview overview) {
        return new OverviewView(overview.required().stream().map(PaperViews::of).toList(),
                overview.papers().stream().map(PaperViews::of).toList());
    }

    /** A requirement. */
    public static RequirementView of(Requirement required) {
        return new RequirementView(required.plugin().value(), required.recipient(), required.party(), required.kind(),
                required.state(), required.paper().map(PaperViews::of));
    }

    /** A paper. */
    public static PaperView of(Paper paper) {
        var terms = paper.terms();
        return new PaperView(paper.id().toString(), paper.plugin().value(), paper.recipient(), paper.party(),
                paper.kind(), terms.version(), terms.signer(), terms.signedOn(), terms.validUntil(), terms.sha256(),
                paper.endedAt());
    }
}
