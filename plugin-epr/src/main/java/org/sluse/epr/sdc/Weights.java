// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/**
 * How much an answer counts: {@code weight()} of SDC 4.0 (expressions, "weight"). First what stands on the answer itself, then on the option of the form, then on the
 * concept of a value set that the form contains, then the property of a code system that it contains.
 */
final class Weights {

    private final Questionnaire questionnaire;
    private final Map<Type, QuestionnaireItemComponent> questions;
    private final long options;

    Weights(Questionnaire questionnaire, QuestionnaireResponse response) {
        this.questionnaire = questionnaire;
        this.questions = FormItem.questions(questionnaire, response);
        this.options = all(questionnaire.getItem()).mapToLong(item -> 1 + item.getAnswerOption().size()).sum();
    }

    /** Among how many options a weight may have to be looked for. */
    long options() {
        return options;
    }

    /**
     * Empty for what has no weight.
     *
     * @throws IllegalArgumentException the answers of the question are in a value set that is not in the form: a weight that nobody knows is no zero
     */
    Optional<DecimalType> of(Base value) {
        if (value instanceof QuestionnaireResponseItemAnswerComponent answer) {
            return answer.hasValue() ? of(answer.getValue()) : Optional.empty();
        }
        if (!(value instanceof Element element)) {
            return Optional.empty();
        }
        var own = on(element);
        if (own.isPresent() || !(element instanceof Coding coding)) {
            return own;
        }
        var question = questions.get(coding);
        return question == null ? anywhere(coding) : at(question, coding);
    }

    /** For a coding that an expression made: what the form says of it wherever it is an answer. */
    private Optional<DecimalType> anywhere(Coding coding) {
        return all(questionnaire.getItem()).map(question -> option(question, coding))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> inCodeSystem(coding));
    }

    private static Stream<QuestionnaireItemComponent> all(List<QuestionnaireItemComponent> items) {
        return items.stream().flatMap(item -> Stream.concat(Stream.of(item), all(item.getItem())));
    }

    private Optional<DecimalType> at(QuestionnaireItemComponent question, Coding coding) {
        var weight = option(question, coding).or(() -> inValueSet(question, coding)).or(() -> inCodeSystem(coding));
        if (weight.isEmpty() && question.hasAnswerValueSet() && contained(question.getAnswerValueSet()).isEmpty()
                && codeSystem(coding).isEmpty()) {
            throw new IllegalArgumentException("The weight of an answer to '" + question.getLinkId()
                    + "' is in a value set that is not in the form: " + question.getAnswerValueSet());
        }
        return weight;
    }

    private static Optional<DecimalType> option(QuestionnaireItemComponent question, Coding coding) {
        return question.getAnswerOption()
                .stream()
                .filter(option -> option.getValue() instanceof Coding offered && isSame(offered, coding))
                .flatMap(option -> Stream.of(option.getValue(), option))
                .flatMap(element -> on((Element) element).stream())
                .findFirst();
    }

    private Optional<DecimalType> inValueSet(QuestionnaireItemComponent question, Coding coding) {
        return contained(question.getAnswerValueSet()).flatMap(set -> Stream.concat(
                set.getExpansion()
                        .getContains()
                        .stream()
                        .filter(one -> isSame(new Coding(one.getSystem(), one.getCode(), null), coding))
                        .map(Element.class::cast),
                set.getCompose()
                        .getInclude()
                        .stream()
                        .filter(include -> include.getSystem() == null
                                || include.getSystem().equals(coding.getSystem()))
                        .flatMap(include -> include.getConcept().stream())
                        .filter(one -> one.hasCode() && one.getCode().equals(coding.getCode())))
                .flatMap(element -> on(element).stream())
                .findFirst());
    }

    private Optional<ValueSet> contained(@Nullable String reference) {
        return contained(questionnaire, reference);
    }

    /** A value set that the form contains, by its id behind "#" or its address; empty when it is elsewhere. */
    static Optional<ValueSet> contained(Questionnaire questionnaire, @Nullable String reference) {
        if (reference == null) {
            return Optional.empty();
        }
        return questionnaire.getContained()
                .stream()
                .filter(ValueSet.class::isInstance)
                .map(ValueSet.class::cast)
                .filter(set -> reference.equals("#" + localId(set)) || reference.equals(set.getUrl()))
                .findFirst();
    }

    private static String localId(Resource resource) {
        var id = resource.getIdElement().getIdPart();
        return id == null ? "" : id.startsWith("#") ? id.substring(1) : id;
    }

    private Optional<CodeSystem> codeSystem(Coding coding) {
        return questionnaire.getContained()
                .stream()
                .filter(CodeSystem.class::isInstance)
                .map(CodeSystem.class::cast)
                .filter(system -> system.hasUrl() && system.getUrl().equals(coding.getSystem()))
                .findFirst();
    }

    private Optional<DecimalType> inCodeSystem(Coding coding) {
        return codeSystem(coding).flatMap(system -> concepts(system.getConcept())
                .filter(concept -> concept.hasCode() && concept.getCode().equals(coding.getCode()))
                .findFirst()
                .flatMap(concept -> on(concept).or(() -> property(system, concept))));
    }

    private static Stream<ConceptDefinitionComponent> concepts(List<ConceptDefinitionComponent> all) {
        return all.stream().flatMap(one -> Stream.concat(Stream.of(one), concepts(one.getConcept())));
    }

    private static Optional<DecimalType> property(CodeSystem system, ConceptDefinitionComponent concept) {
        var names = system.getProperty()
                .stream()
                .filter(property -> Sdc.WEIGHT_PROPERTY.equals(property.getUri()))
                .map(CodeSystem.PropertyComponent::getCode)
                .toList();
        return concept.getProperty()
                .stream()
                .filter(property -> names.contains(property.getCode()))
                .flatMap(property -> decimal(property.getValue()).stream())
                .findFirst();
    }

    private static Optional<DecimalType> on(Element element) {
        return Stream.of(Sdc.ITEM_WEIGHT, Sdc.ORDINAL_VALUE)
                .map(element::getExtensionByUrl)
                .filter(found -> found != null && found.hasValue())
                .flatMap(found -> decimal(found.getValue()).stream())
                .findFirst();
    }

    private static Optional<DecimalType> decimal(Type value) {
        return switch (value) {
            case DecimalType decimal -> Optional.of(decimal);
            case IntegerType integer -> Optional.of(new DecimalType(integer.getValue()));
            default -> Optional.empty();
        };
    }

    private static boolean isSame(Coding offered, Coding chosen) {
        return offered.getCode() != null && offered.getCode().equals(chosen.getCode())
                && Objects.equals(offered.getSystem(), chosen.getSystem());
    }
}
