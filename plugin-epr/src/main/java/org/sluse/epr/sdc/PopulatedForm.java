// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureMap.StructureMapModelMode;
import org.hl7.fhir.r4.model.Type;
import org.sluse.epr.fhir.NamedIds;

/**
 * A response while it is filled with what is known (SDC 4.0, populate). In the order that the guide asks for: launch contexts, the form's variables, then its items from the top, each with its variables,
 * its population context and its initial values. An Observation is looked for where nothing else answers a question.
 */
final class PopulatedForm {

    /** Of ids that a map makes for what it puts into the response. */
    private static final UUID SPACE = UUID.fromString("7c1c0c62-6c0e-5a8e-9d0a-2f6a3b1f4d5e");

    private final Questionnaire questionnaire;
    private final QuestionnaireResponse response;
    private final Population.Known known;
    private final Issues issues;
    private final FormPaths paths;
    private final AnswerValues values;
    private final StructureMaps maps;
    private final Queries queries;
    private final Variables variables;
    private final KnownObservations observations;

    /** @param response is written to */
    PopulatedForm(FhirContext fhir, Questionnaire questionnaire, QuestionnaireResponse response, Population.Known known,
            Issues issues) {
        this.questionnaire = questionnaire;
        this.response = response;
        this.known = known;
        this.issues = issues;
        this.paths = new FormPaths(fhir, questionnaire, response, Moment.of(known.now()));
        this.values = new AnswerValues(questionnaire);
        this.maps = new StructureMaps(fhir, questionnaire, Moment.of(known.now()));
        var given = new GivenData(fhir, paths, known.contexts()
                .values()
                .stream()
                .flatMap(List::stream)
                .flatMap(PopulatedForm::unpacked)
                .toList());
        this.queries = new Queries(given, paths, issues);
        this.variables = new Variables(paths, queries, issues);
        this.observations = new KnownObservations(given.all(Observation.class), subject(), known.now());
    }

    private static Stream<Resource> unpacked(Resource resource) {
        return resource instanceof Bundle bundle
                ? bundle.getEntry()
                        .stream()
                        .filter(Bundle.BundleEntryComponent::hasResource)
                        .map(Bundle.BundleEntryComponent::getResource)
                : Stream.of(resource);
    }

    private Optional<Reference> subject() {
        return known.subject()
                .or(() -> known.contexts()
                        .values()
                        .stream()
                        .flatMap(List::stream)
                        .filter(one -> one.fhirType().equals("Patient") && one.hasId())
                        .findFirst()
                        .map(patient -> new Reference("Patient/" + patient.getIdElement().getIdPart())));
    }

    void fill() {
        response.setStatus(QuestionnaireResponseStatus.INPROGRESS);
        if (questionnaire.hasUrl()) {
            response.setQuestionnaire(
                    questionnaire.getUrl() + (questionnaire.hasVersion() ? "|" + questionnaire.getVersion() : ""));
        }
        subject().ifPresent(response::setSubject);
        var scope = variables.named(questionnaire.getExtension(), "Questionnaire",
                launched(new FormPaths.Scope(response, null, Map.of())));
        if (!isMapped(scope)) {
            fill(questionnaire.getItem(), response.getItem(), "QuestionnaireResponse", scope, Optional.empty());
        }
    }

    /** A StructureMap goes before all other ways (SDC 4.0, "StructureMap-based population"); one that fails leaves the form to them. */
    private boolean isMapped(FormPaths.Scope scope) {
        var extension = questionnaire.getExtensionByUrl(Sdc.SOURCE_MAP);
        if (extension == null) {
            return false;
        }
        try {
            var map = maps.map(String.valueOf(extension.getValue().primitiveValue()));
            var made = maps.transformed(map, source(maps.type(map, StructureMapModelMode.SOURCE), scope),
                    number -> NamedIds.of(SPACE, map.getUrl() + " " + number).toString());
            if (!(made instanceof QuestionnaireResponse filled)) {
                throw new IllegalArgumentException("The StructureMap '" + map.getUrl() + "' makes a " + made.fhirType()
                        + "; right would be a QuestionnaireResponse");
            }
            response.setItem(filled.getItem());
            return true;
        } catch (IllegalArgumentException wrong) {
            issues.error("QuestionnaireResponse", String.valueOf(wrong.getMessage()));
            return false;
        }
    }

    /** What a map takes: a Bundle with a Bundle for each of the form's source queries, or else the first resource of the type that was handed over. */
    private Resource source(String type, FormPaths.Scope scope) {
        var named = questionnaire.getExtensionByUrl(Sdc.SOURCE_QUERIES);
        if (named == null) {
            return known.contexts()
                    .values()
                    .stream()
                    .flatMap(List::stream)
                    .filter(one -> one.fhirType().equals(type))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("The form's StructureMap takes a " + type
                            + ", and none was handed over; right would be one as a context"));
        }
        var batch = questionnaire.getContained()
                .stream()
                .filter(one -> one instanceof Bundle && named.getValue() instanceof Reference reference
                        && String.valueOf(reference.getReference())
                                .equals("#" + one.getIdElement().getIdPart().replace("#", "")))
                .map(Bundle.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The form does not contain the Bundle of its sourceQueries; right would be to contain it"));
        var answers = new Bundle().setType(BundleType.BATCHRESPONSE);
        batch.getEntry()
                .forEach(entry -> answers.addEntry()
                        .setResource(queries.searchset(
                                new Expression().setExpression(entry.getRequest().getUrl()), "Questionnaire", scope)));
        return answers;
    }

    /** What was handed over by its names; of what the form asks for and nobody handed over, whoever uses it is told. */
    private FormPaths.Scope launched(FormPaths.Scope scope) {
        var with = scope;
        for (var context : known.contexts().entrySet()) {
            with = with.with(context.getKey(), List.copyOf(context.getValue()));
        }
        for (var extension : questionnaire.getExtensionsByUrl(Sdc.LAUNCH_CONTEXT)) {
            var name = name(extension);
            var types = extension.getExtensionsByUrl("type")
                    .stream()
                    .map(type -> type.getValue().primitiveValue())
                    .toList();
            var given = name.flatMap(one -> Optional.ofNullable(known.contexts().get(one)));
            if (name.isEmpty()) {
                issues.error("Questionnaire", "A launchContext has no name; right would be for example patient");
            } else if (given.isEmpty()) {
                with = with.without(name.get(), "no context of this name was handed over");
            } else if (!types.isEmpty() && given.get().stream().anyMatch(one -> !types.contains(one.fhirType()))) {
                issues.error("Questionnaire", "The context '" + name.get() + "' is a "
                        + given.get().stream().map(Resource::fhirType).distinct().toList() + "; right would be "
                        + types);
                with = with.without(name.get(), "what was handed over is of another type");
            }
        }
        return with;
    }

    private static Optional<String> name(Extension launchContext) {
        return Optional.ofNullable(launchContext.getExtensionByUrl("name"))
                .map(Extension::getValue)
                .map(name -> name instanceof Coding coding ? coding.getCode() : name.primitiveValue());
    }

    private void fill(List<QuestionnaireItemComponent> questions, List<QuestionnaireResponseItemComponent> items,
            String above, FormPaths.Scope scope, Optional<Observation> panel) {
        questions.forEach(question -> {
            if (question.getType() == QuestionnaireItemType.GROUP) {
                group(question, items, above, scope, panel);
            } else if (question.getType() != QuestionnaireItemType.DISPLAY) {
                question(question, added(question, items), above + ".item[" + (items.size() - 1) + "]", scope, panel);
            }
        });
    }

    private static QuestionnaireResponseItemComponent added(QuestionnaireItemComponent question,
            List<QuestionnaireResponseItemComponent> items) {
        var item = new QuestionnaireResponseItemComponent().setLinkId(question.getLinkId()).setText(question.getText());
        items.add(item);
        return item;
    }

    /** An occurrence for each result of its context; one that knows nothing, where there is none. */
    private void group(QuestionnaireItemComponent question, List<QuestionnaireResponseItemComponent> items,
            String above, FormPaths.Scope scope, Optional<Observation> panel) {
        var path = above + ".item[" + items.size() + "]";
        var extension = question.getExtensionByUrl(Sdc.ITEM_CONTEXT);
        if (extension == null || !(extension.getValue() instanceof Expression context)) {
            var item = added(question, items);
            occurrence(question, item, path, scope.at(item, question), panel);
            return;
        }
        var rows = rows(context, path, scope.at(response, question));
        if (rows.size() > 1 && !question.getRepeats()) {
            issues.error(path, "There are " + rows.size() + " results for the group '" + question.getLinkId()
                    + "', which is there once; right would be a group that repeats");
            rows = List.of();
        }
        if (rows.isEmpty()) {
            var item = added(question, items);
            occurrence(question, item, path, bound(context, List.of(), scope.at(item, question)), panel);
        }
        rows.forEach(row -> {
            var item = added(question, items);
            occurrence(question, item, above + ".item[" + (items.size() - 1) + "]",
                    bound(context, List.of(row), scope.at(item, question)), panel);
        });
    }

    private static FormPaths.Scope bound(Expression context, List<Base> row, FormPaths.Scope scope) {
        return context.hasName() ? scope.with(context.getName(), row) : scope;
    }

    private List<Base> rows(Expression expression, String path, FormPaths.Scope scope) {
        try {
            List<Base> found = Queries.isQuery(expression)
                    ? List.copyOf(queries.found(expression, path, scope))
                    : paths.evaluate(FormPaths.fhirPath(expression), scope);
            paths.copied(found.size());
            return found;
        } catch (IllegalArgumentException wrong) {
            issues.error(path, String.valueOf(wrong.getMessage()));
            return List.of();
        }
    }

    private void occurrence(QuestionnaireItemComponent question, QuestionnaireResponseItemComponent item, String path,
            FormPaths.Scope scope, Optional<Observation> panel) {
        var here = variables.named(question.getExtension(), path, scope);
        var own = observations.panel(question, panel).or(() -> panel);
        fill(question.getItem(), item.getItem(), path, here, own);
    }

    private void question(QuestionnaireItemComponent question, QuestionnaireResponseItemComponent item, String path,
            FormPaths.Scope scope, Optional<Observation> panel) {
        var here = variables.named(question.getExtension(), path, scope.at(item, question));
        var found = expressed(question, path, here);
        if (found.isEmpty()) {
            found = initial(question);
        }
        var source = Optional.<Observation>empty();
        if (found.isEmpty() && question.hasExtension(Sdc.LINK_PERIOD)) {
            if (question.getRepeats()) {
                issues.error(path, "Item '" + question.getLinkId()
                        + "' repeats, and is to be filled from an Observation; right would be an item that does not");
            } else {
                var answer = observations.answer(question, panel, value -> fitting(question, value));
                found = answer.map(one -> List.of(one.value())).orElse(List.of());
                source = answer.flatMap(KnownObservations.Found::observation);
            }
        }
        var below = source.or(() -> panel);
        for (var value : found) {
            var answer = item.addAnswer().setValue(value);
            fill(question.getItem(), answer.getItem(), path + ".answer[" + (item.getAnswer().size() - 1) + "]", here,
                    below);
        }
    }

    private Optional<Type> fitting(QuestionnaireItemComponent question, Type value) {
        try {
            return values.of(question, List.of(value)).stream().findFirst();
        } catch (IllegalArgumentException anotherType) {
            return Optional.empty();
        }
    }

    private List<Type> expressed(QuestionnaireItemComponent question, String path, FormPaths.Scope scope) {
        var extension = question.getExtensionByUrl(Sdc.INITIAL);
        if (extension == null) {
            return List.of();
        }
        if (question.hasInitial()) {
            issues.error(path, "Item '" + question.getLinkId()
                    + "' has initial and initialExpression; right would be one of them");
        }
        try {
            return extension.getValue() instanceof Expression expression && Queries.isQuery(expression)
                    ? values.of(question, List.copyOf(queries.found(expression, path, scope)))
                    : values.of(question, paths.evaluate(FormPaths.fhirPath(extension.getValue()), scope));
        } catch (IllegalArgumentException wrong) {
            issues.error(path, String.valueOf(wrong.getMessage()));
            return List.of();
        }
    }

    /** FHIR R4, Questionnaire.item.initial and answerOption.initialSelected. */
    private static List<Type> initial(QuestionnaireItemComponent question) {
        return Stream
                .concat(question.getInitial().stream().map(Questionnaire.QuestionnaireItemInitialComponent::getValue),
                        question.getAnswerOption()
                                .stream()
                                .filter(Questionnaire.QuestionnaireItemAnswerOptionComponent::getInitialSelected)
                                .map(Questionnaire.QuestionnaireItemAnswerOptionComponent::getValue))
                .map(Type::copy)
                .toList();
    }
}
