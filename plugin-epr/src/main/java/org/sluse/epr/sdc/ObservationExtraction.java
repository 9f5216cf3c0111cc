// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/**
 * An Observation for each answer, and each group, that has a code and is marked (SDC 4.0, "Observation-based extraction"). The mark is inherited, and a "false" ends it for everything below. A question that was
 * not answered makes none, and a group of which nothing was answered neither.
 */
final class ObservationExtraction {

    private final Questionnaire questionnaire;
    private final QuestionnaireResponse response;
    private final FormPaths paths;
    private final Entries entries;
    private final Issues issues;
    private final List<Draft> drafts = new ArrayList<>();

    /** How an item's Observation stands to that of the item above (code system observation-extract-relationship); NONE is a "false". */
    private enum Mark {
        NONE, INDEPENDENT, COMPONENT, MEMBER, DERIVED
    }

    /** What holds for an item unless it says otherwise. */
    private record Inherited(Optional<Mark> mark, List<CodeableConcept> categories, Optional<Draft> above) {

        /** The same below the Observation that was made, if one was. */
        Inherited under(Optional<Draft> made) {
            return made.isPresent() ? new Inherited(mark, categories, made) : this;
        }
    }

    /** An Observation that may turn out to say nothing. */
    private static final class Draft {

        private final FormItem item;
        private final String urn;
        private final Observation observation;
        private boolean isReferredTo;

        Draft(FormItem item, String urn, Observation observation) {
            this.item = item;
            this.urn = urn;
            this.observation = observation;
        }

        boolean saysSomething() {
            return observation.hasValue() || observation.hasComponent() || observation.hasHasMember() || isReferredTo;
        }
    }

    ObservationExtraction(FilledForm form) {
        this.questionnaire = form.questionnaire();
        this.response = form.response();
        this.paths = form.paths();
        this.entries = form.entries();
        this.issues = form.issues();
    }

    static boolean isAskedFor(Questionnaire questionnaire) {
        return marks(questionnaire) || questionnaire.getItem().stream().anyMatch(ObservationExtraction::isAskedFor);
    }

    private static boolean isAskedFor(QuestionnaireItemComponent item) {
        return marks(item) || item.getCode().stream().anyMatch(ObservationExtraction::marks)
                || item.getItem().stream().anyMatch(ObservationExtraction::isAskedFor);
    }

    private static boolean marks(Base marked) {
        return extension(marked, Sdc.OBSERVATION_EXTRACT).isPresent();
    }

    void extract(List<FormItem> items) {
        var root = new Inherited(mark(questionnaire, "Questionnaire"), categories(questionnaire), Optional.empty());
        items.forEach(item -> walk(item, root));
        drafts.stream().filter(Draft::saysSomething).forEach(this::add);
    }

    private void walk(FormItem item, Inherited above) {
        var question = item.question();
        var own = mark(question, item.path());
        if (question.getType() == QuestionnaireItemType.DISPLAY || own.equals(Optional.of(Mark.NONE))) {
            return;
        }
        var categories = categories(question);
        var here = new Inherited(own.or(above::mark), categories.isEmpty() ? above.categories() : categories,
                above.above());
        var mark = ofCodes(item).or(here::mark).filter(one -> one != Mark.NONE && isOneKind(item));
        if (mark.isPresent() && own.isPresent() && !question.hasCode()) {
            issues.warning(item.path(), "Item '" + question.getLinkId()
                    + "' is to be an Observation and has no code; right would be a code of the form's item");
        }
        var wanted = mark.filter(one -> question.hasCode());
        if (question.getType() == QuestionnaireItemType.GROUP) {
            var made = wanted.map(as -> observed(item, item.path(), Optional.empty(), as, here));
            item.items(issues).forEach(below -> walk(below, here.under(made)));
        } else {
            item.answers(issues).forEach(answer -> {
                var made = wanted.flatMap(as -> value(item, answer)
                        .flatMap(value -> answered(item, answer.path(), value, as, here)));
                answer.items().forEach(below -> walk(below, here.under(made)));
            });
            item.belowNoValue(issues).forEach(below -> walk(below, here));
        }
    }

    /** What the codes of the item say, where they say anything: one that is marked is enough, and the others are not extracted. */
    private Optional<Mark> ofCodes(FormItem item) {
        var marked = item.question().getCode().stream().flatMap(code -> mark(code, item.path()).stream()).toList();
        return marked.isEmpty()
                ? Optional.empty()
                : marked.stream().filter(one -> one != Mark.NONE).findFirst().or(() -> Optional.of(Mark.NONE));
    }

    /** Booleans and relationships at one item are an error (SDC 4.0, observationExtract). */
    private boolean isOneKind(FormItem item) {
        var kinds = Stream.concat(Stream.of(item.question()), item.question().getCode().stream())
                .flatMap(marked -> extension(marked, Sdc.OBSERVATION_EXTRACT).stream())
                .map(mark -> mark.getValue().fhirType())
                .distinct()
                .count();
        if (kinds > 1) {
            issues.error(item.path(), "Item '" + item.question().getLinkId()
                    + "' is marked by a boolean and by a relationship; right would be one of them");
        }
        return kinds <= 1;
    }

    /** @return the Observation that was made; empty when the answer became a part of the one above */
    private Optional<Draft> answered(FormItem item, String path, Type value, Mark mark, Inherited inherited) {
        if (mark == Mark.COMPONENT && inherited.above().isPresent()) {
            inherited.above().get().observation.addComponent().setCode(code(item.question())).setValue(value);
            return Optional.empty();
        }
        return Optional.of(observed(item, path, Optional.of(value), mark, inherited));
    }

    private Draft observed(FormItem item, String path, Optional<Type> value, Mark mark, Inherited inherited) {
        var urn = entries.urn(path + " Observation");
        var observation = observation(code(item.question()), inherited.categories());
        observation.addIdentifier(new Identifier().setSystem("urn:ietf:rfc:3986").setValue(urn));
        value.ifPresent(observation::setValue);
        var draft = new Draft(item, urn, observation);
        drafts.add(draft);
        if (mark == Mark.MEMBER) {
            inherited.above().ifPresent(above -> above.observation.addHasMember(new Reference(urn)));
        } else if (mark == Mark.DERIVED) {
            inherited.above().ifPresent(above -> {
                above.isReferredTo = true;
                observation.addDerivedFrom(new Reference(above.urn));
            });
        } else if (mark == Mark.COMPONENT) {
            issues.warning(path, "Item '" + item.question().getLinkId()
                    + "' is to be a component, and nothing above it is an Observation: it became one of its own");
        }
        return draft;
    }

    private Observation observation(CodeableConcept code, List<CodeableConcept> categories) {
        var made = new Observation().setCode(code)
                .setStatus(response.getStatus() == QuestionnaireResponseStatus.AMENDED
                        ? ObservationStatus.AMENDED
                        : ObservationStatus.FINAL);
        categories.forEach(category -> made.addCategory(category.copy()));
        response.getBasedOn().forEach(on -> made.addBasedOn(on.copy()));
        // The other types that a response may be part of, an Observation may not.
        response.getPartOf()
                .stream()
                .filter(of -> of.getReference() != null && of.getReference().contains("Procedure/"))
                .forEach(of -> made.addPartOf(of.copy()));
        if (response.hasSubject()) {
            made.setSubject(response.getSubject().copy());
        }
        if (response.hasEncounter()) {
            made.setEncounter(response.getEncounter().copy());
        }
        if (response.hasAuthored()) {
            made.setEffective(response.getAuthoredElement().copy());
            made.getIssuedElement().setValueAsString(instant(response.getAuthoredElement()));
        }
        if (response.hasAuthor()) {
            made.addPerformer(response.getAuthor().copy());
        }
        self().ifPresent(made::addDerivedFrom);
        return made;
    }

    /** An instant has a time of day; what has none says nothing about when it was issued. */
    private static @Nullable String instant(DateTimeType authored) {
        var text = authored.getValueAsString();
        return text.contains("T") ? text : null;
    }

    private Optional<Reference> self() {
        if (response.hasId()) {
            return Optional.of(new Reference("QuestionnaireResponse/" + response.getIdElement().getIdPart()));
        }
        return response.hasIdentifier()
                ? Optional.of(new Reference().setType("QuestionnaireResponse")
                        .setIdentifier(response.getIdentifier().copy()))
                : Optional.empty();
    }

    /** All codes; when some are marked, these only. */
    private static CodeableConcept code(QuestionnaireItemComponent question) {
        var marked = question.getCode()
                .stream()
                .filter(code -> extension(code, Sdc.OBSERVATION_EXTRACT).filter(ObservationExtraction::isYes)
                        .isPresent())
                .toList();
        var concept = new CodeableConcept();
        (marked.isEmpty() ? question.getCode() : marked).forEach(code -> {
            var plain = code.copy();
            plain.getExtension().removeIf(one -> one.getUrl().equals(Sdc.OBSERVATION_EXTRACT));
            concept.addCoding(plain);
        });
        return concept;
    }

    private static boolean isYes(Extension mark) {
        return !(mark.getValue() instanceof BooleanType yes) || yes.booleanValue();
    }

    /** As {@code Observation.value[x]} of R4 may be; empty with an issue for what it may not be. */
    private Optional<Type> value(FormItem item, FormItem.Answer answer) {
        var unit = extension(item.question(), Sdc.UNIT).map(Extension::getValue)
                .filter(Coding.class::isInstance)
                .map(Coding.class::cast);
        return switch (answer.value()) {
            case Coding coding -> Optional.of(new CodeableConcept(coding.copy()));
            case IntegerType integer ->
                Optional.of(unit.<Type>map(of -> quantity(new DecimalType(integer.getValue()), of))
                        .orElseGet(integer::copy));
            // An Observation has no decimal: a quantity without a unit is one.
            case DecimalType decimal -> Optional.of(unit.map(of -> quantity(decimal, of))
                    .orElseGet(() -> new Quantity().setValueElement(decimal.copy())));
            case Quantity quantity -> Optional.of(quantity.copy());
            case BooleanType yes -> Optional.of(yes.copy());
            case TimeType time -> Optional.of(time.copy());
            case DateTimeType time -> Optional.of(time.copy());
            case DateType day -> Optional.of(new DateTimeType(day.getValueAsString()));
            case UriType uri -> Optional.of(new StringType(uri.getValueAsString()));
            case StringType text -> Optional.of(new StringType(text.getValue()));
            default -> {
                issues.error(answer.path(), "The answer to '" + item.question().getLinkId() + "' is of type "
                        + answer.value().fhirType() + ", which no Observation has as its value");
                yield Optional.empty();
            }
        };
    }

    private static Quantity quantity(DecimalType value, Coding unit) {
        return new Quantity().setValueElement(value.copy())
                .setUnit(unit.hasDisplay() ? unit.getDisplay() : unit.getCode())
                .setSystem(unit.getSystem())
                .setCode(unit.getCode());
    }

    private void add(Draft draft) {
        var scope = new FormPaths.Scope(draft.item.response(), draft.item.question(), Map.of());
        try {
            entries.add(draft.observation, extension(draft.item.question(), Sdc.OBSERVATION_ENTRY).orElse(null),
                    draft.urn,
                    paths, scope);
        } catch (IllegalArgumentException wrong) {
            issues.error(draft.item.path(), String.valueOf(wrong.getMessage()));
        }
    }

    private Optional<Mark> mark(Base marked, String path) {
        return extension(marked, Sdc.OBSERVATION_EXTRACT).flatMap(extension -> switch (extension.getValue()) {
            case BooleanType yes -> Optional.of(yes.booleanValue() ? Mark.INDEPENDENT : Mark.NONE);
            case null -> Optional.empty();
            default -> Stream.of(Mark.values())
                    .filter(mark -> mark != Mark.NONE
                            && mark.name().toLowerCase(Locale.ROOT).equals(extension.getValue().primitiveValue()))
                    .findFirst()
                    .or(() -> {
                        issues.error(path, "observationExtract is '" + extension.getValue().primitiveValue()
                                + "'; right would be true, false, component, member, derived or independent");
                        return Optional.empty();
                    });
        });
    }

    private static List<CodeableConcept> categories(Base of) {
        return extensions(of).filter(one -> one.getUrl().equals(Sdc.OBSERVATION_CATEGORY))
                .map(Extension::getValue)
                .filter(CodeableConcept.class::isInstance)
                .map(CodeableConcept.class::cast)
                .toList();
    }

    private static Optional<Extension> extension(Base of, String url) {
        return extensions(of).filter(one -> one.getUrl().equals(url)).findFirst();
    }

    private static Stream<Extension> extensions(Base of) {
        return switch (of) {
            case Element element -> element.getExtension().stream();
            case Questionnaire form -> form.getExtension().stream();
            default -> Stream.empty();
        };
    }
}
