// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sluse.host.register.RegisterDocument.Controller;
import org.sluse.host.text.Language;

/**
 * A clinic's register in one language.
 *
 * @param asOf the instant that was asked for
 * @param revision number of the revision in force then
 * @param since from when on that revision is in force
 * @param rows one for each processing activity that was on
 * @param always recipients whichever modules are on
 * @param off modules that are off, with who would receive data; empty for the past
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RegisterView(String tenant, String location, Instant asOf, int revision, Instant since,
        Controller controller, List<ActivityRow> rows, List<RecipientRow> always, List<String> measures,
        List<OffRow> off, ProofView proof) {

    /** One activity and everyone outside the clinic who receives data for it. */
    public record ActivityRow(String module, String moduleName, ActivityText activity, String legalBasis,
            List<RecipientRow> recipients) {}

    /** Why, whose, which data, how long. */
    public record ActivityText(String purpose, String subjects, String data, String retention) {}

    /**
     * A recipient, in the columns of the security page: name, address, service, processing, legal basis.
     *
     * @param insideEea whether {@code country} is in the European Economic Area
     * @param transfer on what basis data may leave the EEA; absent when none is on file
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record RecipientRow(String name, String address, String country, String service, String processing,
            String legalBasis, boolean insideEea, Optional<String> transfer) {}

    /** A module that is off. */
    public record OffRow(String module, String moduleName, List<String> would) {}

    /** What the revision is proved by; the whole chain is at {@code core/register/proof}. */
    public record ProofView(String hash, String signature) {}

    /** A revision as it stands in the list. */
    public record RevisionView(int number, Instant at, List<Difference.Change> changes) {}

    static RegisterView of(Revision revision, RegisterDocument document, Instant asOf, List<OffRow> off,
            Language language) {
        return new RegisterView(document.clinic(), document.location(), asOf, revision.number(), revision.at(),
                document.controller(), document.activities().stream().map(entry -> row(entry, language)).toList(),
                document.always().stream().map(entry -> row(entry, language)).toList(),
                document.measures().stream().map(words -> words.in(language)).toList(), off,
                new ProofView(revision.hash(), revision.signature()));
    }

    private static ActivityRow row(RegisterDocument.ActivityEntry entry, Language language) {
        var manifest = entry.manifest();
        return new ActivityRow(entry.module(), manifest.name().in(language),
                new ActivityText(manifest.purpose().in(language), manifest.subjects().in(language),
                        manifest.data().in(language), manifest.retention().in(language)),
                manifest.legalBasis().in(language),
                entry.recipients().stream().map(recipient -> row(recipient, language)).toList());
    }

    static RecipientRow row(RegisterDocument.RecipientEntry entry, Language language) {
        return new RecipientRow(entry.name(), entry.address(), entry.country(), entry.service().in(language),
                entry.processing().in(language), entry.legalBasis().in(language), Eea.contains(entry.country()),
                entry.transfer().map(words -> words.in(language)));
    }
}
