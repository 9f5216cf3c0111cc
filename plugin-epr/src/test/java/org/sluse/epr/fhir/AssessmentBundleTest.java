// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.epr.assessment.AssessmentsAtHand.instrument;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sluse.epr.assessment.Answer;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.assessment.AssessmentsAtHand;
import org.sluse.epr.assessment.Instrument;
import org.sluse.epr.assessment.Instruments;
import org.sluse.epr.exchange.fhir.OutgoingElements;

/** The golden files are the specification of what leaves. */
class AssessmentBundleTest {

    private static final FhirContext R4 = FhirContext.forR4Cached();

    @Test
    void nine_threes_are_this_message() throws IOException {
        assertGolden("phq-9-nine-threes", assessment(instrument("phq-9"), "en", 3, 3, 3, 3, 3, 3, 3, 3, 3));
    }

    @Test
    void a_declined_item_has_no_answer_and_the_score_says_why_it_is_absent() throws IOException {
        assertGolden("gad-7-one-declined", assessment(instrument("gad-7"), "de", 1, 1, -1, 1, 1, 1, 1));
    }

    @Test
    void audit_of_a_hazardous_drinker_is_this_message() throws IOException {
        assertGolden("audit-zone-two", assessment(instrument("audit"), "en", 3, 2, 2, 1, 0, 0, 1, 0, 0, 4));
    }

    @Test
    void core_10_with_one_item_declined_is_prorated_and_says_so() throws IOException {
        assertGolden("core-10-prorated", assessment(brought("core-10", "nb"), "nb", 1, 2, 2, -1, 1, 0, 3, 1, 2, 1));
    }

    @Test
    void who_5_is_four_times_its_sum() throws IOException {
        assertGolden("who-5-poor", assessment(brought("who-5", "de"), "de", 2, 2, 3, 2, 3));
    }

    @Test
    void madrs_s_has_a_score_and_no_band() throws IOException {
        assertGolden("madrs-s-no-band", assessment(brought("madrs-s", "nb"), "nb", 2, 2, 4, 2, 0, 1, 3, 2, 0));
    }

    @Test
    void isi_is_this_message() throws IOException {
        assertGolden("isi-moderate", assessment(brought("isi", "en"), "en", 3, 2, 2, 3, 2, 2, 3));
    }

    @Test
    void the_short_forms_have_codes_of_their_own() throws IOException {
        assertGolden("phq-2-at-the-cut-off", assessment(instrument("phq-2"), "de", 2, 1));
        assertGolden("audit-c-between-the-cut-offs", assessment(instrument("audit-c"), "en", 2, 1, 0));
    }

    /** As it is asked in a text of the clinic. */
    private static Instrument brought(String id, String language) {
        return instrument(id).in(AssessmentsAtHand.wording(instrument(id), language));
    }

    @Test
    void the_same_assessment_gives_the_same_message() {
        assertThat(message(assessment(instrument("phq-9"), "en", 1, 1, 1, 2, 2, 0, 0, 1, 0)))
                .isEqualTo(message(assessment(instrument("phq-9"), "en", 1, 1, 1, 2, 2, 0, 0, 1, 0)));
    }

    @Test
    void only_declared_elements_leave_and_each_declared_one_does() {
        var paths = new TreeSet<String>();
        for (var assessment : List.of(assessment(instrument("phq-9"), "en", 3, 3, 3, 3, 3, 3, 3, 3, 3),
                assessment(instrument("gad-7"), "de", 1, 1, -1, 1, 1, 1, 1),
                assessment(brought("core-10", "nb"), "nb", 1, 2, 2, -1, 1, 0, 3, 1, 2, 1))) {
            collect(Json.createReader(new StringReader(message(assessment))).readObject(), "Bundle", paths);
        }
        paths.removeIf(path -> path.startsWith("Bundle."));

        var declared = new TreeSet<>(OutgoingElements.ASSESSMENT);
        declared.addAll(OutgoingElements.IDENTITY);
        assertThat(paths).isEqualTo(declared);
    }

    @Test
    void r4_and_the_questionnaire_find_nothing_wrong() {
        var answered = message(assessment(instrument("phq-9"), "en", 1, 1, 1, 2, 2, 0, 0, 1, 0));

        assertThat(errors(answered)).isEmpty();
        assertThat(errors(answered.replace("\"44250-9\"", "\"44250-0\""))).as("a link id that the questionnaire lacks")
                .isNotEmpty();
    }

    private static List<String> errors(String message) {
        var validator = R4.newValidator()
                .registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(new OurQuestionnaires(),
                        new DefaultProfileValidationSupport(R4), new CommonCodeSystemsTerminologyService(R4),
                        new InMemoryTerminologyServerValidationSupport(R4))));
        return validator.validateWithResult(message)
                .getMessages()
                .stream()
                .filter(found -> found.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal()
                        || found.getMessage().contains("could not be resolved"))
                .filter(found -> !found.getMessage().contains("http://loinc.org"))
                .map(SingleValidationMessage::getMessage)
                .toList();
    }

    /** The validator passes every response whose questionnaire it cannot find, so that ours must be found. */
    private static final class OurQuestionnaires implements IValidationSupport {

        @Override
        public FhirContext getFhirContext() {
            return R4;
        }

        @Override
        public <T extends IBaseResource> @Nullable T fetchResource(@Nullable Class<T> type, String uri) {
            return Instruments.ALL.stream()
                    .map(new QuestionnaireMapper()::toFhir)
                    .filter(one -> one.getUrl().equals(uri.split("\\|")[0]))
                    .filter(one -> type == null || type.isAssignableFrom(Questionnaire.class) || type == Resource.class)
                    .findFirst()
                    .map(one -> {
                        @SuppressWarnings("unchecked")
                        var found = (T) one;
                        return found;
                    })
                    .orElse(null);
        }
    }

    private static void assertGolden(String name, Assessment assessment) throws IOException {
        var golden = Path.of("src/test/resources/fhir/bundle/" + name + ".fhir.json");
        var received = message(assessment) + "\n";
        if (!Files.exists(golden) || !Files.readString(golden).equals(received)) {
            Files.writeString(golden.resolveSibling(name + ".received.json"), received, StandardCharsets.UTF_8);
        }
        assertThat(golden).hasContent(received);
    }

    private static String message(Assessment assessment) {
        return R4.newJsonParser()
                .setPrettyPrint(true)
                .encodeResourceToString(
                        new AssessmentBundle().of(assessment, "https://sluse.org/fhir/patient-number", "17/4"));
    }

    private static Assessment assessment(Instrument instrument, String language, int... points) {
        var answers = new ArrayList<Answer>();
        for (var i = 0; i < points.length; i++) {
            answers.add(AssessmentsAtHand.answer(instrument, i, points[i]));
        }
        var at = Instant.parse("2026-11-23T09:58:02.250Z");
        return new Assessment(UUID.fromString("00000000-0000-4000-8000-000000000001"),
                UUID.fromString("00000000-0000-4000-8000-000000000002"), instrument, language,
                "practitioner-1", Assessment.State.COMPLETED, at, at, Optional.of(at), Optional.of(at), answers);
    }

    private static void collect(JsonValue value, String path, Set<String> paths) {
        switch (value) {
            case JsonObject object -> object.forEach((name, member) -> {
                if (name.equals("resource") && member instanceof JsonObject resource) {
                    collect(resource, resource.getString("resourceType"), paths);
                } else if (!name.equals("resourceType")) {
                    collect(member, path + "." + name, paths);
                }
            });
            case JsonArray array -> array.forEach(member -> collect(member, path, paths));
            default -> paths.add(path);
        }
    }
}
