// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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
    public record FileView(List<RequirementView> required, List<PaperView> papers) {}

    /** A paper to be filed; see {@link Paper.Terms}. */
    public record FilePaper(String module, String recipient, PaperKind kind, String version, String signer,
            LocalDate signedOn, Optional<LocalDate> validUntil, String sha256) {

        // A member that is missing arrives as null, and is refused here with the rest of a body that does not fit.
        public FilePaper {
            Stream.of(module, recipient, kind, version, signer, signedOn, sha256).forEach(Objects::requireNonNull);
        }

        /** What the file takes. */
        public Papers.NewPaper paper() {
            return new Papers.NewPaper(module, recipient, kind,
                    new Paper.Terms(version, signer, signedOn, validUntil, sha256));
        }
    }

    /** The file. */
    public static FileView of(Papers.File file) {
        return new FileView(file.required().stream().map(PaperViews::of).toList(),
                file.papers().stream().map(PaperViews::of).toList());
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
