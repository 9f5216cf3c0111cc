// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;

/**
 * Forms, responses, expressions and maps that somebody has damaged, at random by a seed: each is refused or answered, with words, within bounds. {@code -Dsluse.fuzz=1000000} makes so many of each
 * ({@code -Pcampaign}); {@code -Dsluse.fuzz.seed=N} begins at another one. A failure names its seed: run it with that and {@code -Dsluse.fuzz=1}.
 */
class FuzzTest {

    private static final long TIMES = Long.getLong("sluse.fuzz", 300);
    private static final long SEED = Long.getLong("sluse.fuzz.seed", 0);
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    /** What the engine gives itself for all expressions of a form, and as much again for a machine that has other things to do. */
    private static final Duration LONGEST = Duration.ofSeconds(40);

    /** What forms are written with, and what breaks readers of them. */
    private static final List<String> WORDS = List.of("item", "answer", "value", "linkId", "type", "group", "choice",
            "repeats", "true",
            "null", "[", "]", "{", "}", "\"", ",", ":", "0", "-1", "1e999", "99999999999999999999", "\\u0000", "'", "(",
            ")", ".", "%",
            "%resource", "%context", "%questionnaire", "%qitem", ".where($this = 1)", ".repeat(item)", ".descendants()",
            ".select($this & $this)", ".join(',')", ".answers()", ".weight()", ".ordinal()", ".sum()", ".first()",
            ".ofType(Coding)",
            ".toString()", ".replaceMatches('(a+)+', 'b')", ".matches('(a|a)*$')", "iif(", "now()", "today()",
            ".power(999999999)",
            ".round(999999999)", "1 | 2", " and ", " = ", ".aggregate($total + $this, 0)", ".children()",
            "append(a, a)", "uuid()", " -> ",
            " then ", " as ", "create('Bundle')", "group main(source a, target b) {", "src", "tgt",
            "calculatedExpression",
            Sdc.CALCULATED, Sdc.TEMPLATE_VALUE, Sdc.TEMPLATE_CONTEXT, Sdc.DEFINITION_EXTRACT, Sdc.ALLOCATE_ID,
            Sdc.VARIABLE,
            "http://hl7.org/fhir/StructureDefinition/Patient#Patient.name.given", "valueString", "valueDecimal",
            "valueCoding");

    private static final List<String> EXPRESSIONS = List.of("%resource.item.where(linkId = 'a').answer.value",
            "%resource.answers().value.ordinal().sum()", "item.repeat(item).answer.value.select($this + 1).max()",
            "iif(%resource.item.answer.valueInteger > 2, 'high' & '!', {})", "(1 | 2 | 3).aggregate($total + $this, 0)",
            "'abc'.replaceMatches('[a-c]', 'x').matches('x+')", "%questionnaire.item.linkId.join(', ')",
            "%resource.descendants().count() * 2.5.power(3).round(2)",
            "now() > @2020-01-01 and today().toString().length() = 10");

    @Test
    void a_damaged_form_is_refused_or_answered() throws IOException {
        var forms = texts("questionnaire.json");
        var response = Files.readString(Path.of("src/test/resources/sdc/family.response.json"));
        each(forms, text -> {
            var form = new FormReader(Forms.FHIR).read(Questionnaire.class, text);
            answered(form, new FormReader(Forms.FHIR).read(QuestionnaireResponse.class, response));
            new Population(Forms.FHIR).populate(form, new Population.Known(Optional.empty(), Map.of(), NOW));
        });
    }

    @Test
    void a_damaged_response_is_refused_or_answered() throws IOException {
        var form = Files.readString(Path.of("src/test/resources/sdc/family.questionnaire.json"));
        each(texts("response.json"), response -> answered(new FormReader(Forms.FHIR).read(Questionnaire.class, form),
                new FormReader(Forms.FHIR).read(QuestionnaireResponse.class, response)));
    }

    @Test
    void a_damaged_expression_is_refused_or_answered() {
        each(EXPRESSIONS, expression -> {
            var form = Forms.form();
            var response = Forms.response().addItem(Forms.answer("a", new IntegerType(3)));
            var paths = new FormPaths(Forms.FHIR, form, response, Moment.of(NOW));
            paths.evaluate(expression, new FormPaths.Scope(response, null, Map.of()));
        });
    }

    @Test
    void a_damaged_map_is_refused_or_answered() throws IOException {
        var map = Files.readString(Path.of("src/test/resources/sdc/maps/family.fml"));
        var response = new FormReader(Forms.FHIR).read(QuestionnaireResponse.class,
                Files.readString(Path.of("src/test/resources/sdc/family.response.json")));
        each(List.of(map), text -> {
            var form = Forms.form();
            Extraction.replaceMaps(form, List.of(new FormReader(Forms.FHIR).readMap(text)));
            said(new Extraction(Forms.FHIR).extract(form, response));
        });
    }

    private static void answered(Questionnaire form, QuestionnaireResponse response) {
        // As if it were of this form: otherwise nothing beyond that would be looked at.
        response.setQuestionnaire(form.getUrl());
        said(new Extraction(Forms.FHIR).extract(form.copy(), response.copy()));
        new Scoring(Forms.FHIR).score(form.copy(), response.copy());
    }

    /** Whoever gets nothing is told why. */
    private static void said(Extraction.Result result) {
        assertThat(result.bundle().isPresent() || result.issues().hasIssue()).isTrue();
    }

    private interface Input {

        /** @throws IllegalArgumentException it is refused */
        void take(String text);
    }

    private static void each(List<String> texts, Input input) {
        for (var seed = SEED; seed < SEED + TIMES; seed++) {
            var random = new Random(seed);
            var text = damaged(texts.get(random.nextInt(texts.size())), random);
            var began = System.nanoTime();
            try {
                input.take(text);
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).as("seed " + seed).isNotBlank();
            } catch (Throwable crash) {
                throw new AssertionError("With -Dsluse.fuzz=1 -Dsluse.fuzz.seed=" + seed + ": " + crash, crash);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).as("seed " + seed).isLessThan(LONGEST);
        }
    }

    private static String damaged(String text, Random random) {
        var damaged = new StringBuilder(text);
        for (var times = 1 + random.nextInt(4); times > 0; times--) {
            var from = random.nextInt(damaged.length() + 1);
            var to = Math.min(damaged.length(), from + random.nextInt(20));
            switch (random.nextInt(5)) {
                case 0 -> damaged.delete(from, to);
                case 1 -> damaged.insert(to, damaged.substring(from, to).repeat(1 + random.nextInt(3)));
                case 2 -> damaged.insert(from, word(random));
                case 3 -> damaged.replace(from, to, word(random));
                default -> exchanged(damaged, random);
            }
        }
        return damaged.toString();
    }

    /** A text between quotes for a word, so that the whole stays what it was: most of what is damaged otherwise cannot even be read. */
    private static void exchanged(StringBuilder text, Random random) {
        var opening = text.indexOf("\"", random.nextInt(text.length() + 1));
        var closing = opening < 0 ? -1 : text.indexOf("\"", opening + 1);
        if (closing > 0) {
            text.replace(opening + 1, closing, word(random).replace("\"", ""));
        }
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    /** Those of the cases of the guide. */
    private static List<String> texts(String name) throws IOException {
        var texts = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src/test/resources/sdc/conformance"))) {
            for (var file : files.filter(one -> one.endsWith(name)).sorted().toList()) {
                texts.add(Files.readString(file));
            }
        }
        texts.add(Files.readString(Path.of("src/test/resources/sdc/family." + name)));
        return texts;
    }
}
