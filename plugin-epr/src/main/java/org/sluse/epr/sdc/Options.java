// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemAnswerOptionComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptReferenceComponent;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;

/** What a question can be answered with, where the form says it: its options, or a value set that it contains. */
final class Options {

    private Options() {}

    /**
     * A possible answer.
     *
     * @param value as it stands in a response: a code without what it counts for
     * @param exclusive whether it goes with no other
     */
    record Option(Type value, String text, boolean exclusive) {}

    /** In the form's order; none where it offers none, or names a value set that it does not contain. */
    static List<Option> of(Questionnaire form, QuestionnaireItemComponent question, String language) {
        if (question.hasAnswerOption()) {
            return question.getAnswerOption().stream().map(option -> option(option, language)).toList();
        }
        return Weights.contained(form, question.getAnswerValueSet())
                .flatMap(set -> codes(form, set, language))
                .orElse(List.of());
    }

    /** Whether all codes of a value set are in the form. */
    static boolean isKnown(Questionnaire form, String valueSet) {
        return Weights.contained(form, valueSet).flatMap(set -> codes(form, set, "en")).isPresent();
    }

    private static Option option(QuestionnaireItemAnswerOptionComponent option, String language) {
        var exclusive = option.getExtensionByUrl(Sdc.EXCLUSIVE);
        return new Option(plain(option.getValue()), text(option.getValue(), language),
                exclusive != null && exclusive.getValue() instanceof BooleanType yes && yes.booleanValue());
    }

    private static Type plain(Type value) {
        return switch (value) {
            case Coding coding -> plain(coding);
            case PrimitiveType<?> primitive -> {
                var copy = primitive.copy();
                copy.getExtension().clear();
                yield copy;
            }
            default -> value.copy();
        };
    }

    static Coding plain(Coding coding) {
        return new Coding(coding.getSystem(), coding.getCode(), coding.getDisplay())
                .setVersion(coding.getVersion());
    }

    /** As people read it. */
    static String text(Type value, String language) {
        return switch (value) {
            case Coding coding -> coding.hasDisplay()
                    ? Translation.of(coding.getDisplayElement(), language)
                    : String.valueOf(coding.getCode());
            case Reference reference -> reference.hasDisplay()
                    ? Translation.of(reference.getDisplayElement(), language)
                    : String.valueOf(reference.getReference());
            case Quantity quantity -> quantity.getValueElement().getValueAsString()
                    + (quantity.hasUnit() ? " " + quantity.getUnit() : "");
            case PrimitiveType<?> primitive -> Translation.of(primitive, language);
            default -> value.fhirType();
        };
    }

    /** Empty where some of them are elsewhere. */
    private static Optional<List<Option>> codes(Questionnaire form, ValueSet set, String language) {
        if (set.getExpansion().hasContains()) {
            return Optional.of(expanded(set.getExpansion().getContains(), language).toList());
        }
        List<Option> all = new ArrayList<>();
        for (var include : set.getCompose().getInclude()) {
            var codes = include.hasConcept() ? listed(include, language) : system(form, include, language);
            if (codes.isEmpty() || include.hasFilter() || include.hasValueSet()) {
                return Optional.empty();
            }
            all.addAll(codes);
        }
        for (var exclude : set.getCompose().getExclude()) {
            var codes = exclude.getConcept().stream().map(ConceptReferenceComponent::getCode).toList();
            all.removeIf(one -> one.value() instanceof Coding coding
                    && Objects.equals(coding.getSystem(), exclude.getSystem()) && codes.contains(coding.getCode()));
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    private static Stream<Option> expanded(List<ValueSetExpansionContainsComponent> contains, String language) {
        return contains.stream().flatMap(one -> {
            var own = one.getAbstract() || !one.hasCode()
                    ? Stream.<Option>empty()
                    : Stream.of(new Option(new Coding(one.getSystem(), one.getCode(), one.getDisplay()),
                            designated(one.getDesignation(), language)
                                    .orElseGet(() -> Translation.of(one.getDisplayElement(), language)),
                            false));
            return Stream.concat(own, expanded(one.getContains(), language));
        });
    }

    private static List<Option> listed(ConceptSetComponent include, String language) {
        return include.getConcept()
                .stream()
                .map(one -> new Option(new Coding(include.getSystem(), one.getCode(), one.getDisplay()),
                        designated(one.getDesignation(), language).orElseGet(() -> one.hasDisplay()
                                ? Translation.of(one.getDisplayElement(), language)
                                : one.getCode()),
                        false))
                .toList();
    }

    private static Optional<String> designated(List<ValueSet.ConceptReferenceDesignationComponent> all,
            String language) {
        return all.stream()
                .filter(one -> one.hasLanguage()
                        && Translation.asked(one.getLanguage()).filter(language::equals).isPresent())
                .map(ValueSet.ConceptReferenceDesignationComponent::getValue)
                .findFirst();
    }

    /** All of a code system that the form contains. */
    private static List<Option> system(Questionnaire form, ConceptSetComponent include, String language) {
        return form.getContained()
                .stream()
                .filter(CodeSystem.class::isInstance)
                .map(CodeSystem.class::cast)
                .filter(system -> system.hasUrl() && system.getUrl().equals(include.getSystem()))
                .flatMap(system -> concepts(system.getConcept()))
                .map(one -> new Option(new Coding(include.getSystem(), one.getCode(), one.getDisplay()),
                        Translation.of(one.getDisplayElement(), language), false))
                .toList();
    }

    private static Stream<ConceptDefinitionComponent> concepts(List<ConceptDefinitionComponent> all) {
        return all.stream().flatMap(one -> Stream.concat(Stream.of(one), concepts(one.getConcept())));
    }

    /** Units that a quantity can be given in; none where any may be. */
    static List<Option> units(QuestionnaireItemComponent question, String language) {
        return Stream.of(Sdc.UNIT, Sdc.UNIT_OPTION)
                .map(question::getExtensionsByUrl)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of())
                .stream()
                .map(extension -> extension.getValue())
                .filter(Coding.class::isInstance)
                .map(Coding.class::cast)
                .map(unit -> new Option(plain(unit), text(unit, language), false))
                .toList();
    }

    /** Whether two answers say the same, whatever they are displayed as. */
    static boolean isSame(Type one, Type other) {
        return switch (one) {
            case Coding coding when other instanceof Coding code -> Objects.equals(coding.getCode(), code.getCode())
                    && Objects.equals(coding.getSystem(), code.getSystem());
            case Reference reference when other instanceof Reference same && reference.hasReference() ->
                Objects.equals(reference.getReference(), same.getReference());
            default -> one.equalsDeep(other);
        };
    }
}
