// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.StructureMap;

/**
 * {@code $extract} of SDC 4.0 (QuestionnaireResponse-extract): what a form that was filled in says, as a transaction of resources. Deterministic. Thread-safe.
 */
public final class Extraction {

    private static final Set<QuestionnaireResponseStatus> FINISHED = Set.of(QuestionnaireResponseStatus.COMPLETED,
            QuestionnaireResponseStatus.AMENDED);

    private final FhirContext fhir;

    /**
     * What came of it.
     *
     * @param bundle a transaction to be sent; empty when nothing could be extracted, or nothing was to be
     * @param issues what is missing from it (error) and why nothing is there (fatal), each with the place as FHIRPath; never null, without issues when all went well
     */
    public record Result(Optional<Bundle> bundle, OperationOutcome issues) {

        /** Whether all that the form asks for is in the bundle. */
        public boolean isWhole() {
            return issues.getIssue()
                    .stream()
                    .noneMatch(issue -> issue.getSeverity() == IssueSeverity.ERROR
                            || issue.getSeverity() == IssueSeverity.FATAL);
        }
    }

    /** @param fhir of R4 */
    public Extraction(FhirContext fhir) {
        this.fhir = fhir;
    }

    /**
     * Extracts what the form marks. Of a part that cannot be extracted there is an issue, and the others are in the bundle.
     *
     * @param questionnaire the form that was filled in, or one that is derived from it
     * @param response completed or amended; anything else is refused, and so is one of another form
     */
    public Result extract(Questionnaire questionnaire, QuestionnaireResponse response) {
        var issues = new Issues();
        if (!isReady(questionnaire, response, issues)) {
            return new Result(Optional.empty(), issues.outcome());
        }
        var entries = new Entries(fhir, response);
        var form = new FilledForm(questionnaire, response, new FormPaths(fhir, questionnaire, response), entries,
                issues);
        var items = FormItem.of(questionnaire, response, issues);
        var templates = new TemplateExtraction(fhir, form);
        var whole = templates.bundle();
        if (whole.isPresent()) {
            return new Result(whole, issues.outcome());
        }
        if (ObservationExtraction.isAskedFor(questionnaire)) {
            new ObservationExtraction(form).extract(items);
        }
        new DefinitionExtraction(new ElementWriter(fhir), form).extract(items);
        templates.extract(items);
        if (questionnaire.hasExtension(Sdc.TARGET_MAP)) {
            new MapExtraction(new StructureMaps(fhir, questionnaire, Moment.of(response)), form).extract();
        }
        if (entries.bundle().hasEntry()) {
            return new Result(Optional.of(entries.bundle()), issues.outcome());
        }
        if (!issues.has(IssueSeverity.ERROR)) {
            issues.warning("QuestionnaireResponse", "There is nothing to extract");
        }
        return new Result(Optional.empty(), issues.outcome());
    }

    /**
     * Has a form be extracted by these maps, and by none that it names itself.
     *
     * @param questionnaire is changed
     * @param maps each with an address of its own
     */
    public static void replaceMaps(Questionnaire questionnaire, List<StructureMap> maps) {
        questionnaire.getExtension().removeIf(extension -> Sdc.TARGET_MAP.equals(extension.getUrl()));
        maps.forEach(map -> {
            questionnaire.getContained()
                    .removeIf(one -> one instanceof StructureMap other && map.getUrl().equals(other.getUrl()));
            questionnaire.addContained(map);
            questionnaire.addExtension(Sdc.TARGET_MAP, new CanonicalType(map.getUrl()));
        });
    }

    private static boolean isReady(Questionnaire questionnaire, QuestionnaireResponse response, Issues issues) {
        if (!response.hasStatus() || !FINISHED.contains(response.getStatus())) {
            issues.fatal(IssueType.BUSINESSRULE, "QuestionnaireResponse.status", "The response is "
                    + (response.hasStatus() ? response.getStatus().toCode() : "without a status")
                    + "; right would be completed or amended");
            return false;
        }
        return FilledForm.isOf(questionnaire, response, issues);
    }
}
