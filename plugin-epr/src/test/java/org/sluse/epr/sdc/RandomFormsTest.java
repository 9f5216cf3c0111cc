// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/**
 * Forms and answers by chance, each of its own seed, so that one that fails fails again. CI runs a slice; {@code -Dsluse.forms=10000} is the campaign (docs/campaigns), in which the validator looks at
 * each too.
 */
class RandomFormsTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final int SLICE = 12;

    private final FhirContext fhir = FhirContext.forR4Cached();
    private final Integer many = Integer.getInteger("sluse.forms");
    private final Optional<FhirValidator> validator = Optional.ofNullable(many).map(any -> validator());

    @Test
    void every_answer_comes_back_and_every_observation_has_its_answer() {
        LongStream.range(0, many == null ? SLICE : many).forEach(this::answered);
    }

    private void answered(long seed) {
        var as = "seed " + seed;
        var questionnaire = new RandomForm(seed).questionnaire();
        assertThat(new FormCheck().read(questionnaire, Optional.empty())).as(as)
                .isInstanceOf(FormCheck.Read.Taken.class);
        var form = filled(seed, questionnaire);

        var again = OpenForm.of(questionnaire, form.kept(), NOON);
        assertThat(again.items("en")).as(as).isEqualTo(form.items("en"));
        assertThat(form.findings("en")).as(as).isEmpty();
        var sent = form.completed("en");
        assertThat(OpenForm.of(questionnaire, sent, NOON).items("en")).as(as + ", from what was sent")
                .isEqualTo(form.items("en"));
        assertThat(filled(seed, questionnaire).completed("en")).as(as + ", a second time").isEqualTo(sent);

        extracted(as, questionnaire, sent);
    }

    private static OpenForm filled(long seed, String questionnaire) {
        var form = OpenForm.begun(questionnaire, NOON);
        new RandomForm(seed).answer(form);
        return form;
    }

    private void extracted(String as, String questionnaire, String sent) {
        var response = parsed(QuestionnaireResponse.class, sent);
        response.setId("r");
        var bundle = new Extraction(fhir).extract(parsed(Questionnaire.class, questionnaire), response)
                .bundle()
                .orElseGet(Bundle::new);
        var linkIds = RandomForm.all(OpenForm.of(questionnaire, sent, NOON).items("en"))
                .stream()
                .filter(one -> !one.values().isEmpty() && !List.of("attachment", "reference").contains(one.type()))
                .flatMap(one -> one.values().stream().map(any -> one.linkId()))
                .toList();
        assertThat(bundle.getEntry()).as(as)
                .extracting(entry -> ((Observation) entry.getResource()).getCode().getCodingFirstRep().getCode())
                .as(as + ", an Observation for each answer that can be one")
                .containsExactlyInAnyOrderElementsOf(linkIds);
        assertThat(bundle.getEntry()).as(as)
                .allSatisfy(
                        entry -> assertThat(((Observation) entry.getResource()).getDerivedFromFirstRep().getReference())
                                .isEqualTo("QuestionnaireResponse/r"));
        validator.ifPresent(valid -> {
            assertThat(errors(valid, fhir.newJsonParser().encodeResourceToString(response))).as(as).isEmpty();
            bundle.getEntry()
                    .forEach(entry -> assertThat(
                            errors(valid, fhir.newJsonParser().encodeResourceToString(entry.getResource()))).as(as)
                            .isEmpty());
        });
    }

    private <T extends Resource> T parsed(Class<T> type, String json) {
        return fhir.newJsonParser().setParserErrorHandler(new StrictErrorHandler()).parseResource(type, json);
    }

    private FhirValidator validator() {
        return fhir.newValidator()
                .registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                        new DefaultProfileValidationSupport(fhir), new CommonCodeSystemsTerminologyService(fhir),
                        new InMemoryTerminologyServerValidationSupport(fhir))));
    }

    private static List<String> errors(FhirValidator validator, String resource) {
        return validator.validateWithResult(resource)
                .getMessages()
                .stream()
                .filter(one -> one.getSeverity() == ResultSeverityEnum.ERROR
                        || one.getSeverity() == ResultSeverityEnum.FATAL)
                .map(one -> one.getLocationString() + ": " + one.getMessage())
                .toList();
    }
}
