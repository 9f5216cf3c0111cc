// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemOperator;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.sluse.problem.FieldError;

/** Whether a Questionnaire of FHIR R4 can be asked by this server; what it could not do right is refused before anybody answers, each element with what would be right. Thread-safe. */
public final class FormCheck {

    /** What more is no form that somebody fills in. */
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final int MOST_ITEMS = 1_000;
    private static final int DEEPEST = 10;

    private static final Set<String> TYPES = Stream.of(QuestionnaireItemType.values())
            .filter(type -> type != QuestionnaireItemType.NULL && type != QuestionnaireItemType.QUESTION)
            .map(QuestionnaireItemType::toCode)
            .collect(Collectors.toCollection(LinkedHashSet::new));

    private final FhirContext fhir = FhirContext.forR4Cached();

    /** What came of it. */
    public sealed interface Read {

        /**
         * It can be asked.
         *
         * @param content the Questionnaire as JSON, with its version
         * @param url its canonical address
         * @param version its own; where it has none, {@code sha256-} and the beginning of a hash of what it says
         * @param title in its own language
         * @param languages {@code nb}, {@code de} or {@code en}: its own, then those that each question is translated into
         * @param questions how many it has, conditional ones too
         */
        record Taken(String content, String url, String version, String title, List<String> languages,
                int questions) implements Read {

            public Taken {
                languages = List.copyOf(languages);
            }
        }

        /** It cannot. @param issues at least one, with pointers into the file (RFC 6901) */
        record Refused(List<FieldError> issues) implements Read {

            public Refused {
                issues = List.copyOf(issues);
            }
        }
    }

    /**
     * Reads a file.
     *
     * @param file a Questionnaire as JSON
     * @param language in which its texts are, should it not say; empty: it has to say
     */
    public Read read(String file, Optional<String> language) {
        if (file.length() > MOST_CHARACTERS) {
            return refused("", "form-too-large", "The file has " + file.length()
                    + " characters; right would be at most " + MOST_CHARACTERS);
        }
        var types = unknownTypes(file);
        if (!types.isEmpty()) {
            return new Read.Refused(types);
        }
        try {
            return new Reading(new FormReader(fhir).read(Questionnaire.class, file), language).read();
        } catch (IllegalArgumentException wrong) {
            return refused("", "file-not-questionnaire", String.valueOf(wrong.getMessage()));
        }
    }

    private static Read refused(String pointer, String code, String detail) {
        return new Read.Refused(List.of(new FieldError(pointer, code, detail)));
    }

    /** Looked for in the text itself: the parser says that a type is unknown, and not where. */
    private static List<FieldError> unknownTypes(String file) {
        List<FieldError> all = new ArrayList<>();
        try (var reader = Json.createReader(new StringReader(file))) {
            unknownTypes(reader.readObject(), "", 0, all);
        } catch (JsonException notJson) {
            return List.of();
        }
        return all;
    }

    private static void unknownTypes(JsonObject above, String at, int depth, List<FieldError> all) {
        if (!(above.get("item") instanceof JsonArray items)) {
            return;
        }
        if (depth > DEEPEST) {
            all.add(new FieldError(at, "form-too-large", "Items are nested more than " + DEEPEST
                    + " deep; right would be fewer levels"));
            return;
        }
        for (var place = 0; place < items.size(); place++) {
            if (items.get(place) instanceof JsonObject item) {
                var pointer = at + "/item/" + place;
                if (item.get("type") instanceof JsonString type && !TYPES.contains(type.getString())) {
                    all.add(new FieldError(pointer + "/type", "form-type", "The type '" + type.getString()
                            + "' is none that can be asked; right would be one of " + TYPES));
                }
                unknownTypes(item, pointer, depth + 1, all);
            }
        }
    }

    /** An item with its place in the file. */
    private record At(QuestionnaireItemComponent item, String pointer, Optional<At> above) {}

    /** One file being read. */
    private final class Reading {

        private final Questionnaire form;
        private final Optional<String> language;
        private final FormPaths paths;
        private final List<At> items = new ArrayList<>();
        private final Map<String, At> byLink = new LinkedHashMap<>();
        private final List<FieldError> issues = new ArrayList<>();

        Reading(Questionnaire form, Optional<String> language) {
            this.form = form;
            this.language = form.hasLanguage()
                    ? Translation.asked(form.getLanguage())
                    : language.flatMap(Translation::asked);
            this.paths = new FormPaths(fhir, form, new QuestionnaireResponse());
            collect(form.getItem(), "", Optional.empty());
        }

        private void collect(List<QuestionnaireItemComponent> from, String above, Optional<At> parent) {
            for (var place = 0; place < from.size(); place++) {
                var at = new At(from.get(place), above + "/item/" + place, parent);
                items.add(at);
                collect(at.item().getItem(), at.pointer(), Optional.of(at));
            }
        }

        Read read() {
            head();
            links();
            var completed = KnownValueSets.completed(form);
            items.forEach(at -> {
                shape(at);
                options(completed, at);
                conditions(at);
                expressions(at.item().getExtension(), at.pointer());
                pattern(at);
            });
            expressions(form.getExtension(), "");
            if (issues.isEmpty()) {
                loops();
            }
            return issues.isEmpty() ? taken() : new Read.Refused(issues);
        }

        private Read taken() {
            if (!form.hasVersion()) {
                form.setVersion("sha256-" + hash(fhir.newJsonParser().encodeResourceToString(form)));
            }
            var languages = new LinkedHashSet<String>();
            language.ifPresent(languages::add);
            languages.addAll(Translation.whole(form));
            return new Read.Taken(fhir.newJsonParser().encodeResourceToString(form), form.getUrl(), form.getVersion(),
                    form.hasTitle() ? form.getTitle() : form.hasName() ? form.getName() : form.getUrl(),
                    List.copyOf(languages), (int) items.stream().filter(at -> isQuestion(at.item())).count());
        }

        private void head() {
            if (!isAddress(form.getUrl())) {
                issue("/url", "form-url",
                        "The file has no canonical address; right would be an absolute one without '|', like https://clinic.example/Questionnaire/sleep");
            }
            if (form.hasVersion() && (form.getVersion().contains("|") || form.getVersion().length() > 100)) {
                issue("/version", "form-version",
                        "The version cannot stand behind an address; right would be at most 100 characters without '|', like 1.2.0");
            }
            if (form.getStatus() == PublicationStatus.RETIRED) {
                issue("/status", "form-retired",
                        "The form is retired; right would be the version that took its place");
            }
            if (language.isEmpty()) {
                issue("/language", "file-language",
                        "The language of the file is not one that people are asked in; right would be nb, de or en");
            }
            if (items.stream().noneMatch(at -> isQuestion(at.item()))) {
                issue("/item", "form-empty", "The form asks nothing; right would be one question at least");
            }
            if (items.size() > MOST_ITEMS) {
                issue("/item", "form-too-large",
                        "The form has " + items.size() + " items; right would be at most " + MOST_ITEMS);
            }
            if (form.hasExtension(Sdc.ADAPTIVE)) {
                issue("/extension", "form-modular",
                        "The form asks another server for its next question; right would be one that has all its questions");
            }
            if (form.hasModifierExtension()) {
                issue("/modifierExtension", "form-modifier",
                        "Something changes what the form means, and is not known here; right would be a form without it");
            }
        }

        private static boolean isAddress(@Nullable String url) {
            try {
                return url != null && !url.contains("|") && new URI(url).isAbsolute();
            } catch (URISyntaxException notOne) {
                return false;
            }
        }

        private void links() {
            items.forEach(at -> {
                if (!at.item().hasLinkId()) {
                    issue(at.pointer() + "/linkId", "form-link-id",
                            "The item has no linkId; right would be one that no other item has");
                } else {
                    var first = byLink.putIfAbsent(at.item().getLinkId(), at);
                    if (first != null) {
                        issue(at.pointer() + "/linkId", "form-link-id-twice", "'" + at.item().getLinkId()
                                + "' is the linkId of another item too, at " + first.pointer()
                                + "; right would be one of its own");
                    }
                }
            });
        }

        private void shape(At at) {
            var item = at.item();
            var type = item.getType();
            if (type == null) {
                issue(at.pointer() + "/type", "form-type", "The item has no type; right would be one of " + TYPES);
                return;
            }
            if (type == QuestionnaireItemType.GROUP && !item.hasItem()) {
                issue(at.pointer() + "/item", "form-empty-group",
                        "The group has no items; right would be one at least (FHIR R4, que-1)");
            }
            if (type == QuestionnaireItemType.DISPLAY && (item.hasItem() || item.getRequired() || item.getRepeats())) {
                issue(at.pointer(), "form-display",
                        "Text that is displayed has no items, is not required and does not repeat (FHIR R4, que-1, que-6)");
            }
            if (item.hasExtension(Sdc.SUB_QUESTIONNAIRE)) {
                issue(at.pointer() + "/extension", "form-modular",
                        "The item stands for another form; right would be the form that was assembled of both");
            }
            if (item.hasModifierExtension()) {
                issue(at.pointer() + "/modifierExtension", "form-modifier",
                        "Something changes what the item means, and is not known here; right would be an item without it");
            }
        }

        private void options(Questionnaire completed, At at) {
            var item = at.item();
            if (item.hasAnswerOption() && item.hasAnswerValueSet()) {
                issue(at.pointer() + "/answerValueSet", "form-options",
                        "The item has answerOption and answerValueSet; right would be one of them (FHIR R4, que-4)");
            }
            if (item.hasAnswerValueSet() && !Options.isKnown(completed, item.getAnswerValueSet())) {
                issue(at.pointer() + "/answerValueSet", "form-value-set", "The codes of '" + item.getAnswerValueSet()
                        + "' are not in the form; right would be a contained ValueSet that lists them, or one of "
                        + KnownValueSets.addresses());
            }
            if (item.getType() == QuestionnaireItemType.CHOICE && !item.hasAnswerOption()
                    && !item.hasAnswerValueSet()) {
                issue(at.pointer() + "/answerOption", "form-options",
                        "The choice has nothing to choose from; right would be answerOption or answerValueSet");
            }
            for (var place = 0; place < item.getAnswerOption().size(); place++) {
                if (!item.getAnswerOption().get(place).hasValue()) {
                    issue(at.pointer() + "/answerOption/" + place, "form-options",
                            "The option has no value; right would be one that can be an answer");
                }
            }
        }

        private void conditions(At at) {
            var item = at.item();
            if (item.getEnableWhen().size() > 1 && !item.hasEnableBehavior()) {
                issue(at.pointer() + "/enableBehavior", "form-behavior",
                        "The item has several conditions; right would be 'all' or 'any' (FHIR R4, que-12)");
            }
            if (item.hasEnableWhen() && item.hasExtension(Sdc.ENABLE_WHEN)) {
                issue(at.pointer() + "/enableWhen", "form-condition",
                        "The item has enableWhen and enableWhenExpression; right would be one of them");
            }
            for (var place = 0; place < item.getEnableWhen().size(); place++) {
                var condition = item.getEnableWhen().get(place);
                var pointer = at.pointer() + "/enableWhen/" + place;
                var asked = byLink.get(String.valueOf(condition.getQuestion()));
                if (asked == null || !isQuestion(asked.item())) {
                    issue(pointer + "/question", "form-condition", "No question of the form has the linkId '"
                            + condition.getQuestion() + "'; right would be one of " + byLink.values()
                                    .stream()
                                    .filter(one -> isQuestion(one.item()))
                                    .map(one -> "'" + one.item().getLinkId() + "'")
                                    .limit(20)
                                    .toList());
                } else if (condition.getOperator() == null || !condition.hasAnswer()) {
                    issue(pointer, "form-condition",
                            "The condition has no operator or no answer; right would be both");
                } else if (condition.getOperator() == QuestionnaireItemOperator.EXISTS
                        ? !(condition.getAnswer() instanceof BooleanType)
                        : !isComparable(asked.item(), condition.getAnswer())) {
                    issue(pointer + "/answer[x]", "form-condition", "An answer to '" + condition.getQuestion()
                            + "' is never a " + condition.getAnswer().fhirType()
                            + "; right would be what a question of type "
                            + asked.item().getType().toCode() + " is answered with, or with 'exists' a boolean");
                }
            }
        }

        /** Whether an answer could be so. */
        private static boolean isComparable(QuestionnaireItemComponent question, Type answer) {
            var type = answer.fhirType();
            return switch (question.getType()) {
                case BOOLEAN -> type.equals("boolean");
                case INTEGER, DECIMAL -> Set.of("integer", "decimal").contains(type);
                case DATE, DATETIME -> Set.of("date", "dateTime").contains(type);
                case TIME -> type.equals("time");
                case STRING, TEXT, URL -> Set.of("string", "uri").contains(type);
                case QUANTITY -> type.equals("Quantity");
                case REFERENCE -> type.equals("Reference");
                case CHOICE, OPENCHOICE -> type.equals("Coding") || type.equals("string")
                        || question.getAnswerOption().stream().anyMatch(one -> one.getValue().fhirType().equals(type));
                default -> false;
            };
        }

        private void expressions(List<Extension> extensions, String at) {
            for (var place = 0; place < extensions.size(); place++) {
                var extension = extensions.get(place);
                var pointer = at + "/extension/" + place;
                switch (extension.getUrl()) {
                    case Sdc.CALCULATED, Sdc.ENABLE_WHEN -> expression(extension.getValue(), pointer, false);
                    case Sdc.VARIABLE, Sdc.INITIAL, Sdc.ITEM_CONTEXT ->
                        expression(extension.getValue(), pointer, true);
                    case Sdc.CONSTRAINT, Sdc.TARGET_CONSTRAINT -> Optional
                            .ofNullable(extension.getExtensionByUrl("expression"))
                            .ifPresentOrElse(one -> expression(one.getValue(), pointer, false),
                                    () -> issue(pointer, "form-expression",
                                            "The constraint has no expression; right would be FHIRPath"));
                    default -> {
                    }
                }
            }
        }

        private void expression(@Nullable Type value, String pointer, boolean mayAsk) {
            if (mayAsk && value instanceof Expression query && Queries.isQuery(query)) {
                return;
            }
            try {
                if (value == null) {
                    throw new IllegalArgumentException("An expression says nothing; right would be FHIRPath");
                }
                paths.requireWellFormed(FormPaths.fhirPath(value));
            } catch (IllegalArgumentException wrong) {
                issue(pointer, "form-expression", String.valueOf(wrong.getMessage()));
            }
        }

        private void pattern(At at) {
            var pattern = at.item().getExtensionByUrl(Sdc.REGEX);
            if (pattern != null && pattern.hasValue()) {
                try {
                    Pattern.compile(String.valueOf(pattern.getValue().primitiveValue()));
                } catch (PatternSyntaxException wrong) {
                    issue(at.pointer() + "/extension", "form-expression", "'" + wrong.getPattern()
                            + "' is no regular expression: " + wrong.getDescription());
                }
            }
        }

        /** What depends on itself is never asked, or for ever asked and not asked. */
        private void loops() {
            items.stream()
                    .filter(at -> at.item().hasEnableWhen() && reaches(at, at, new LinkedHashSet<>()))
                    .forEach(
                            at -> issue(at.pointer() + "/enableWhen", "form-condition-loop", "Whether '"
                                    + at.item().getLinkId()
                                    + "' is asked depends on itself; right would be a condition on a question that is asked without it"));
        }

        private boolean reaches(At from, At wanted, Set<String> seen) {
            return Stream.concat(from.above().stream(),
                    from.item().getEnableWhen().stream().map(one -> byLink.get(one.getQuestion())))
                    .anyMatch(next -> next == wanted
                            || seen.add(next.item().getLinkId()) && reaches(next, wanted, seen));
        }

        private void issue(String pointer, String code, String detail) {
            issues.add(new FieldError(pointer, code, detail));
        }
    }

    private static boolean isQuestion(QuestionnaireItemComponent item) {
        return item.getType() != null && item.getType() != QuestionnaireItemType.GROUP
                && item.getType() != QuestionnaireItemType.DISPLAY;
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0,
                            8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }
}
