// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A form that nobody has written, and somebody who answers it without meaning anything: both of a seed. */
final class RandomForm {

    private static final List<String> TYPES = List.of("boolean", "decimal", "integer", "date", "dateTime", "time",
            "string",
            "text", "url", "choice", "open-choice", "quantity", "attachment", "reference");

    private final Random random;
    private final List<String> asked = new ArrayList<>();
    private int items;

    RandomForm(long seed) {
        this.random = new Random(seed);
    }

    /** A Questionnaire as JSON, of 1 to some 40 items. */
    String questionnaire() {
        return """
                {"resourceType": "Questionnaire", "url": "https://clinic.example/Questionnaire/random", "version": "1", "status": "active", "language": "en", "title": "Random",
                 "extension": [{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract", "valueBoolean": true}],
                 "item": [%s]}"""
                .formatted(items(0));
    }

    private String items(int depth) {
        return IntStream.rangeClosed(0, 1 + random.nextInt(4))
                .mapToObj(place -> depth < 3 && random.nextInt(4) == 0 ? group(depth) : question(depth))
                .collect(Collectors.joining(","));
    }

    private String group(int depth) {
        var linkId = "g" + items++;
        var condition = condition();
        return """
                {"linkId": "%s", "type": "group", "text": "Group %s", "repeats": %s%s, "item": [%s]}""".formatted(
                linkId,
                linkId, random.nextInt(3) == 0, condition, items(depth + 1));
    }

    private String question(int depth) {
        var linkId = "q" + items++;
        var type = TYPES.get(random.nextInt(TYPES.size()));
        var condition = condition();
        var more = type.equals("choice") || type.equals("open-choice") ? ", \"answerOption\": [" + options() + "]" : "";
        var below = depth < 3 && random.nextInt(6) == 0 ? ", \"item\": [" + items(depth + 2) + "]" : "";
        if (type.equals("boolean") || type.equals("integer")) {
            asked.add(type.charAt(0) + linkId);
        }
        return """
                {"linkId": "%s", "type": "%s", "text": "Question %s", "repeats": %s, "code": [{"system": "http://loinc.org", "code": "%s"}]%s%s%s}"""
                .formatted(linkId, type, linkId, random.nextInt(4) == 0, linkId, condition, more, below);
    }

    private String options() {
        return IntStream.rangeClosed(1, 2 + random.nextInt(4))
                .mapToObj(
                        code -> """
                                {"valueCoding": {"system": "https://clinic.example/codes", "code": "c%1$d", "display": "Choice %1$d"}}"""
                                .formatted(code))
                .collect(Collectors.joining(","));
    }

    /** On what is asked before. */
    private String condition() {
        if (asked.isEmpty() || random.nextInt(3) != 0) {
            return "";
        }
        var on = asked.get(random.nextInt(asked.size()));
        return ", \"enableWhen\": [{\"question\": \"%s\", \"operator\": \"%s\", %s}]".formatted(on.substring(1),
                on.startsWith("b") ? "=" : random.nextBoolean() ? ">" : "!=",
                on.startsWith("b") ? "\"answerBoolean\": " + random.nextBoolean() : "\"answerInteger\": 5");
    }

    /** Answers most of what is shown, some of it twice, and lets groups repeat. */
    void answer(OpenForm form) {
        for (var round = 0; round < 3; round++) {
            var shown = all(form.items("en"));
            shown.stream()
                    .filter(one -> one.mayAdd() && random.nextInt(3) == 0)
                    .findFirst()
                    .ifPresent(one -> form.add(one.key()));
            var there = all(form.items("en"));
            for (var one : there) {
                // Below an answer that may have been taken back just now.
                var isThere = !one.key().contains("/")
                        || all(form.items("en")).stream().anyMatch(now -> now.key().equals(one.key()));
                if (one.isQuestion() && isThere && random.nextInt(4) != 0) {
                    var answers = IntStream.rangeClosed(1, one.repeats() ? 1 + random.nextInt(2) : 1)
                            .mapToObj(any -> given(one))
                            .distinct()
                            .toList();
                    if (!form.put(Map.of(one.key(), answers), "en").isEmpty()) {
                        throw new IllegalStateException("A valid answer to " + one.type() + " was not taken");
                    }
                }
            }
        }
    }

    static List<Shown> all(List<Shown> items) {
        List<Shown> all = new ArrayList<>();
        items.forEach(one -> {
            all.add(one);
            all.addAll(all(one.items()));
        });
        return all;
    }

    private Given given(Shown question) {
        return switch (question.type()) {
            case "boolean" -> Given.text(Boolean.toString(random.nextBoolean()));
            case "decimal" -> Given.text(random.nextInt(1000) + "." + random.nextInt(10));
            case "integer" -> Given.text(Integer.toString(random.nextInt(12) - 2));
            case "date" -> Given.text("20" + two(99) + "-" + two(12) + "-" + two(28));
            case "dateTime" -> Given.text("2026-" + two(12) + "-" + two(28) + "T10:" + two(59) + ":00+01:00");
            case "time" -> Given.text(two(23) + ":" + two(59));
            case "url" -> Given.text("https://clinic.example/" + random.nextInt(100));
            case "choice" -> Given.option(Integer.toString(random.nextInt(question.options().size())));
            case "open-choice" -> random.nextBoolean()
                    ? Given.option(Integer.toString(random.nextInt(question.options().size())))
                    : Given.text("Own " + random.nextInt(100));
            case "quantity" -> Given.quantity(Integer.toString(random.nextInt(500)), "kg");
            case "attachment" -> new Given(Optional.empty(), Optional.of("aGVsbG8="), Optional.empty(),
                    Optional.of("file-" + random.nextInt(100)), Optional.of("text/plain"), Optional.empty());
            default -> Given.text("Word " + random.nextInt(100));
        };
    }

    private String two(int most) {
        return "%02d".formatted(1 + random.nextInt(most));
    }
}
