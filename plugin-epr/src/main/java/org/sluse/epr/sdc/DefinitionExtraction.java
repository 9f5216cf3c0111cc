// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.Type;

/**
 * Resources whose elements the items name (SDC 4.0, "Definition-based extraction"). An item's definition is of the nearest {@code definitionExtract} with the same canonical address. A group with a definition
 * makes one element for each of its occurrences, and what is below it goes there; elements that nobody has grouped are shared. Of a profile that the form contains, what it fixes is filled in.
 */
final class DefinitionExtraction {

    private static final String CORE = "http://hl7.org/fhir/StructureDefinition/";
    private static final Set<String> ASKING = Set.of(Sdc.DEFINITION_EXTRACT, Sdc.EXTRACTION_CONTEXT);

    private final ElementWriter writer;
    private final FilledForm form;
    private final Questionnaire questionnaire;
    private final FormPaths paths;
    private final Entries entries;
    private final Issues issues;
    private final List<Target> targets = new ArrayList<>();

    /**
     * A resource that is being filled.
     *
     * @param profile of it, if the form contains it
     * @param details the extension that asks for it
     * @param places elements by the id that they have in the definition, where a group or an earlier item has made them
     */
    private record Target(String canonical, Resource resource, Optional<StructureDefinition> profile, Extension details,
            String urn, FormPaths.Scope scope, String path, Map<String, Base> places) {

        /** The same resource, where elements that are made from here on are the group's own. */
        Target within(String id, Base element) {
            var own = new HashMap<>(places);
            own.keySet().removeIf(place -> place.equals(id) || place.startsWith(id + "."));
            own.put(id, element);
            return new Target(canonical, resource, profile, details, urn, scope, path, own);
        }
    }

    DefinitionExtraction(ElementWriter writer, FilledForm form) {
        this.writer = writer;
        this.form = form;
        this.questionnaire = form.questionnaire();
        this.paths = form.paths();
        this.entries = form.entries();
        this.issues = form.issues();
    }

    void extract(List<FormItem> items) {
        var scope = form.root();
        var open = opened(questionnaire.getExtension(), questionnaire.getItem(), "QuestionnaireResponse", scope,
                Map.of());
        values(questionnaire.getExtension(), "QuestionnaireResponse", scope, open);
        items.forEach(item -> walk(item, scope, open));
        targets.forEach(this::add);
    }

    private void walk(FormItem item, FormPaths.Scope above, Map<String, Target> outer) {
        if (!FormItem.isAnswered(item.response())) {
            return;
        }
        var question = item.question();
        var scope = entries.allocated(question.getExtension(), item.path(),
                new FormPaths.Scope(item.response(), question, above.names()));
        var open = opened(question.getExtension(), List.of(question), item.path(), scope, outer);
        if (question.getType() == QuestionnaireItemType.GROUP) {
            var inner = question.hasDefinition()
                    ? of(question.getDefinition(), item.path(), open).map(place -> grouped(place, open)).orElse(open)
                    : open;
            values(question.getExtension(), item.path(), scope, inner);
            item.items(issues).forEach(below -> walk(below, scope, inner));
        } else {
            values(question.getExtension(), item.path(), scope, open);
            item.answers(issues).forEach(answer -> {
                if (question.hasDefinition()) {
                    of(question.getDefinition(), item.path(), open)
                            .ifPresent(place -> write(place, answer.value(), answer.path()));
                }
                answer.items().forEach(below -> walk(below, scope, open));
            });
            item.belowNoValue(issues).forEach(below -> walk(below, scope, open));
        }
    }

    /** Those that are open here: the ones of the items above, and the ones that this item begins. */
    private Map<String, Target> opened(List<Extension> extensions, List<QuestionnaireItemComponent> items, String path,
            FormPaths.Scope scope, Map<String, Target> outer) {
        var open = new LinkedHashMap<>(outer);
        extensions.stream().filter(one -> ASKING.contains(one.getUrl())).forEach(extension -> {
            var named = named(extension, path);
            if (named.isEmpty()) {
                issues.error(path,
                        "definitionExtract names no definition; right would be the canonical address of a resource or profile");
                return;
            }
            var canonical = named.get();
            type(canonical, items).flatMap(writer::resource).ifPresentOrElse(resource -> {
                if (!canonical.startsWith(CORE)) {
                    resource.getMeta().addProfile(canonical);
                }
                var target = new Target(canonical, resource, profile(canonical), extension,
                        entries.urn(path + " definition " + canonical), scope, path, new HashMap<>());
                targets.add(target);
                open.put(canonical, target);
            }, () -> issues.error(path, "Nobody knows of which type '" + canonical
                    + "' is; right would be a resource of FHIR R4, or a profile that the form contains"));
        });
        return open;
    }

    /** What is to be extracted: as SDC 4.0 says it, as its ballot did (the extension's own value), or as SDC 3.0 (a type, or a query that begins with one). */
    private Optional<String> named(Extension extension, String path) {
        var definition = extension.getExtensionByUrl("definition");
        var value = definition == null ? extension.getValue() : definition.getValue();
        if (value == null) {
            return Optional.empty();
        }
        var text = text(value).split("\\?", 2);
        if (text.length == 2) {
            issues.warning(path, "The query '" + text(value)
                    + "' of itemExtractionContext is not asked, and a new " + text[0]
                    + " is made; right would be definitionExtract");
        }
        return Optional.of(text[0].contains(":") ? text[0] : CORE + text[0]);
    }

    private Optional<StructureDefinition> profile(String canonical) {
        return questionnaire.getContained()
                .stream()
                .filter(StructureDefinition.class::isInstance)
                .map(StructureDefinition.class::cast)
                .filter(definition -> unversioned(canonical).equals(definition.getUrl()))
                .findFirst();
    }

    /** Of a profile that the form does not contain, the elements say it that items name. */
    private Optional<String> type(String canonical, List<QuestionnaireItemComponent> items) {
        var plain = unversioned(canonical);
        if (plain.startsWith(CORE)) {
            return Optional.of(plain.substring(CORE.length()));
        }
        return profile(canonical).map(StructureDefinition::getType)
                .or(() -> definitions(items).filter(one -> one.startsWith(canonical + "#"))
                        .map(one -> one.substring(canonical.length() + 1).split("\\.", 2)[0])
                        .findFirst());
    }

    private static Stream<String> definitions(List<QuestionnaireItemComponent> items) {
        return items.stream()
                .flatMap(item -> Stream.concat(Stream.ofNullable(item.getDefinition()), definitions(item.getItem())));
    }

    private static String unversioned(String canonical) {
        return canonical.split("\\|", 2)[0];
    }

    /** An element of a resource. */
    private record Place(Target target, String id) {}

    private Optional<Place> of(String definition, String path, Map<String, Target> open) {
        var hash = definition.indexOf('#');
        if (hash < 0) {
            issues.error(path, "The definition '" + definition
                    + "' names no element; right would be an address, '#' and the id of one");
            return Optional.empty();
        }
        // Definitions may be there for other purposes too: one of a resource that nobody extracts is none of ours.
        return Optional.ofNullable(open.get(definition.substring(0, hash)))
                .map(target -> new Place(target, definition.substring(hash + 1)));
    }

    private Map<String, Target> grouped(Place place, Map<String, Target> open) {
        var inner = new LinkedHashMap<>(open);
        attempt(place.target().path(), () -> {
            var made = writer.begun(parent(place), last(place.id()));
            isExtension(place, made);
            inner.put(place.target().canonical(), place.target().within(place.id(), made));
        });
        return inner;
    }

    /** Fixed values and expressions that the form has beside its answers. */
    private void values(List<Extension> extensions, String path, FormPaths.Scope scope, Map<String, Target> open) {
        extensions.stream().filter(one -> one.getUrl().equals(Sdc.DEFINITION_VALUE)).forEach(extension -> {
            var definition = extension.getExtensionByUrl("definition");
            var fixed = extension.getExtensionByUrl("fixed-value");
            var expression = extension.getExtensionByUrl("expression");
            if (definition == null || !definition.hasValue() || (fixed == null) == (expression == null)) {
                issues.error(path,
                        "definitionExtractValue is incomplete; right would be a definition, and a fixed-value or an expression");
                return;
            }
            var place = of(definition.getValue().primitiveValue(), path, open);
            if (place.isEmpty()) {
                issues.error(path, "Nothing of '" + definition.getValue().primitiveValue()
                        + "' is extracted here; right would be a definitionExtract of it, here or above");
                return;
            }
            attempt(path, () -> {
                var found = fixed != null
                        ? List.<Base>of(fixed.getValue())
                        : paths.evaluate(text(expression.getValue()), scope);
                found.forEach(value -> write(place.get(), (Type) value, path));
            });
        });
    }

    private static String text(Type expression) {
        return expression instanceof Expression one ? one.getExpression() : expression.primitiveValue();
    }

    private void write(Place place, Type value, String path) {
        attempt(path, () -> {
            if (place.id().equals(place.target().resource().fhirType() + ".id")) {
                place.target().resource().setId(Conversions.text(value));
            } else {
                writer.write(parent(place), last(place.id()), value);
            }
        });
    }

    /** The element above the place, made if nobody has. */
    private Base parent(Place place) {
        var target = place.target();
        var steps = place.id().split("\\.");
        if (steps.length < 2 || !steps[0].equals(target.resource().fhirType())) {
            throw new IllegalArgumentException("'" + place.id() + "' is no element of " + target.resource().fhirType());
        }
        Base at = target.resource();
        var id = new StringBuilder(steps[0]);
        for (var step = 1; step < steps.length - 1; step++) {
            id.append('.').append(steps[step]);
            var known = target.places().get(id.toString());
            if (known == null) {
                known = writer.begun(at, steps[step]);
                isExtension(new Place(target, id.toString()), known);
                target.places().put(id.toString(), known);
            }
            at = known;
        }
        return at;
    }

    private static String last(String id) {
        return id.substring(id.lastIndexOf('.') + 1);
    }

    /** An extension is named by the profile that the element's definition points to. */
    private static void isExtension(Place place, Base made) {
        if (made instanceof Extension extension && !extension.hasUrl()) {
            elements(place.target()).filter(element -> place.id().equals(element.getId()))
                    .flatMap(element -> element.getType().stream())
                    .flatMap(type -> type.getProfile().stream())
                    .findFirst()
                    .ifPresent(url -> extension.setUrl(url.getValue()));
        }
    }

    private static Stream<ElementDefinition> elements(Target target) {
        return target.profile()
                .stream()
                .flatMap(profile -> profile.hasSnapshot()
                        ? profile.getSnapshot().getElement().stream()
                        : profile.getDifferential().getElement().stream());
    }

    private void add(Target target) {
        attempt(target.path(), () -> {
            fix(target);
            entries.add(target.resource(), target.details(), target.urn(), paths, target.scope());
        });
    }

    /** What the profile has decided for elements whose parent is there, and which nobody has filled. */
    private void fix(Target target) {
        elements(target).filter(element -> element.hasFixed() || element.hasPattern()).forEach(element -> {
            var id = element.getId();
            var above = id.substring(0, id.lastIndexOf('.'));
            var parent = above.contains(".") ? target.places().get(above) : target.resource();
            if (parent != null && !writer.has(parent, last(id))) {
                writer.write(parent, last(id), element.hasFixed() ? element.getFixed() : element.getPattern());
            }
        });
    }

    private void attempt(String path, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException wrong) {
            issues.error(path, wrong instanceof ClassCastException
                    ? "What was found is no value that an element has"
                    : String.valueOf(wrong.getMessage()));
        }
    }
}
