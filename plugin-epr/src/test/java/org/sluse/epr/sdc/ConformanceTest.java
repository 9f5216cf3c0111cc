// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What SDC 4.0 demands and recommends on its pages about extraction, population and expressions: {@code rules.tsv}, in our words. A rule has a folder of its name with a form, with a response to be extracted or
 * contexts to be filled from, and with what comes of it ({@code expected.json}, for a clinician to read). What comes of it instead is written beside it as {@code expected.received.json}.
 */
class ConformanceTest {

    private static final Path CASES = Path.of("src/test/resources/sdc/conformance");
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    /** Others show these: container tests, tests beside the class, or nobody yet, which the words behind the colon say. */
    private static final Map<String, String> ELSEWHERE = new TreeMap<>(Map.of(
            "operation-parameters", "AssessmentIT",
            "source-queries", "StructureMapsTest",
            "source-map", "StructureMapsTest",
            "rights", "AssessmentIT: a patient of somebody else is not found",
            "provenance", "AssessmentBundleTest, for what is delivered; $extract makes none",
            "no-expression-on-groups", "nobody: it is passed over",
            "answers-stay", "nobody: forms are filled before anybody has answered",
            "status-of-disabled", "OpenFormTest: it is not sent",
            "amended-update", "nobody: Observations that a form was filled from are not updated"));

    private record Rule(String id, String page, String strength, String words) {

        static Rule parse(String line) {
            var parts = line.split("\t", -1);
            return new Rule(parts[0], parts[1], parts[2], parts[3]);
        }

        Path folder() {
            return CASES.resolve(id);
        }

        boolean hasCase() {
            return Files.exists(folder().resolve("questionnaire.json"));
        }
    }

    @TestFactory
    Stream<DynamicTest> each_rule_with_a_case_is_kept() throws IOException {
        return rules().filter(Rule::hasCase)
                .map(rule -> dynamicTest(
                        "%s %s (%s): %s".formatted(rule.strength(), rule.id(), rule.page(), rule.words()),
                        () -> compare(rule, Forms.written(answer(rule)))));
    }

    @Test
    void rules_without_a_case_are_known_with_who_shows_them() throws IOException {
        var without = rules().filter(rule -> !rule.hasCase()).toList();

        without.forEach(rule -> System.out.printf("SDC 4.0 without a case: %s %s (%s): %s [%s]%n", rule.strength(),
                rule.id(), rule.page(), rule.words(), ELSEWHERE.get(rule.id())));

        assertThat(without).extracting(Rule::id).containsExactlyInAnyOrderElementsOf(ELSEWHERE.keySet());
    }

    private static Stream<Rule> rules() throws IOException {
        return Files.readAllLines(CASES.resolve("rules.tsv"))
                .stream()
                .filter(line -> !line.startsWith("#"))
                .map(
                        Rule::parse);
    }

    private static Parameters answer(Rule rule) throws IOException {
        var form = read(Questionnaire.class, rule.folder().resolve("questionnaire.json"));
        var response = rule.folder().resolve("response.json");
        if (Files.exists(response)) {
            var result = new Extraction(Forms.FHIR).extract(form, read(QuestionnaireResponse.class, response));
            return answer("return", result.bundle(), result.issues());
        }
        var result = new Population(Forms.FHIR).populate(form,
                new Population.Known(Optional.empty(), contexts(rule), NOW));
        return answer("response", Optional.of(result.response()), result.issues());
    }

    private static Parameters answer(String name, Optional<? extends Resource> resource, Resource issues) {
        var answer = new Parameters();
        resource.ifPresent(made -> answer.addParameter().setName(name).setResource(made));
        if (!issues.isEmpty()) {
            answer.addParameter().setName("issues").setResource(issues);
        }
        return answer;
    }

    private static Map<String, List<Resource>> contexts(Rule rule) throws IOException {
        var all = new TreeMap<String, List<Resource>>();
        try (var files = Files.list(rule.folder())) {
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                if (name.startsWith("context.")) {
                    all.put(name.split("\\.")[1], List.of(new FormReader(Forms.FHIR).read(Files.readString(file))));
                }
            }
        }
        return all;
    }

    private static <T extends Resource> T read(Class<T> type, Path file) throws IOException {
        return new FormReader(Forms.FHIR).read(type, Files.readString(file));
    }

    private static void compare(Rule rule, String received) throws IOException {
        var expected = rule.folder().resolve("expected.json");
        if (!Files.exists(expected) || !Files.readString(expected).equals(received)) {
            Files.writeString(rule.folder().resolve("expected.received.json"), received);
        }
        assertThat(expected).as(rule.words()).exists().content().isEqualTo(received);
    }
}
