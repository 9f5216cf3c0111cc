// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * Resources that the form contains as templates, with what was answered in the places that they mark (SDC 4.0, "Template-based extraction"). An expression that cannot be evaluated costs its property and no
 * more. A context that finds nothing, and a value that is none, takes its property away; several make as many of it.
 */
final class TemplateExtraction {

    private final FhirContext fhir;
    private final Questionnaire questionnaire;
    private final FilledForm form;
    private final FormPaths paths;
    private final Entries entries;
    private final Issues issues;

    TemplateExtraction(FhirContext fhir, FilledForm form) {
        this.fhir = fhir;
        this.form = form;
        this.questionnaire = form.questionnaire();
        this.paths = form.paths();
        this.entries = form.entries();
        this.issues = form.issues();
    }

    void extract(List<FormItem> items) {
        var scope = form.root();
        fill(questionnaire.getExtension(), "QuestionnaireResponse", scope);
        items.forEach(item -> walk(item, scope));
    }

    /** The bundle that the form makes of itself; empty when it has no template for one. */
    Optional<Bundle> bundle() {
        return questionnaire.getExtension()
                .stream()
                .filter(one -> one.getUrl().equals(Sdc.TEMPLATE_BUNDLE))
                .findFirst()
                .flatMap(extension -> template(extension.getValue(), "QuestionnaireResponse"))
                .flatMap(template -> {
                    if (template instanceof Bundle) {
                        return Optional.of(entries.whole(
                                (Bundle) filled(template, "QuestionnaireResponse", form.root()),
                                "QuestionnaireResponse template bundle"));
                    }
                    issues.error("QuestionnaireResponse", "The template of templateExtractBundle is a "
                            + template.fhirType() + "; right would be a Bundle");
                    return Optional.empty();
                });
    }

    private void walk(FormItem item, FormPaths.Scope above) {
        var question = item.question();
        if (!FormItem.isAnswered(item.response())) {
            return;
        }
        var scope = entries.allocated(question.getExtension(), item.path(),
                new FormPaths.Scope(item.response(), question, above.names()));
        fill(question.getExtension(), item.path(), scope);
        Stream.of(item.items(issues).stream(), item.answers(issues).stream().flatMap(one -> one.items().stream()),
                item.belowNoValue(issues).stream())
                .flatMap(below -> below)
                .forEach(below -> walk(below, scope));
    }

    private void fill(List<Extension> extensions, String path, FormPaths.Scope scope) {
        var number = 0;
        for (var extension : extensions) {
            if (!extension.getUrl().equals(Sdc.TEMPLATE_EXTRACT)) {
                continue;
            }
            var urn = entries.urn(path + " template " + number++);
            var named = extension.getExtensionByUrl("template");
            template(named == null ? null : named.getValue(), path).ifPresent(template -> {
                try {
                    entries.add(filled(template, path, scope), extension, urn, paths, scope);
                } catch (IllegalArgumentException wrong) {
                    issues.error(path, String.valueOf(wrong.getMessage()));
                }
            });
        }
    }

    private Optional<Resource> template(@Nullable Type template, String path) {
        if (!(template instanceof Reference reference) || !reference.hasReference()) {
            issues.error(path, "No template is named; right would be a reference to a contained resource");
            return Optional.empty();
        }
        var found = questionnaire.getContained()
                .stream()
                .filter(contained -> contained.hasId() && reference.getReference()
                        .equals("#" + contained.getIdElement().getIdPart().replace("#", "")))
                .findFirst();
        if (found.isEmpty()) {
            issues.error(path, "The form contains no template '" + reference.getReference() + "'");
        }
        return found;
    }

    private Resource filled(Resource template, String path, FormPaths.Scope scope) {
        var resource = template.copy();
        // The id was for finding it.
        resource.setId((String) null);
        fill(resource, path, scope);
        return resource;
    }

    /** Fills what is in an element; what marks the element itself, its parent has seen to. */
    private void fill(IBase element, String path, FormPaths.Scope scope) {
        if (!(fhir.getElementDefinition(
                element.getClass()) instanceof BaseRuntimeElementCompositeDefinition<?> composite)) {
            return;
        }
        for (var child : composite.getChildren()) {
            List<IBase> before = List.copyOf(child.getAccessor().getValues(element));
            if (before.isEmpty()) {
                continue;
            }
            List<IBase> after = new ArrayList<>();
            before.forEach(value -> after.addAll(filled(value, child, path, scope)));
            if (!after.equals(before)) {
                child.getMutator().setValue(element, null);
                after.forEach(value -> child.getMutator().addValue(element, value));
            }
        }
    }

    private List<IBase> filled(IBase value, BaseRuntimeChildDefinition child, String path, FormPaths.Scope scope) {
        if (!(value instanceof Element element)) {
            fill(value, path, scope);
            return List.of(value);
        }
        var context = element.getExtensionByUrl(Sdc.TEMPLATE_CONTEXT);
        if (context != null) {
            return evaluated(context, path, scope).stream().flatMap(found -> {
                var clone = copied(element, Sdc.TEMPLATE_CONTEXT);
                return filled(clone, child, path, named(context, found, scope)).stream();
            }).toList();
        }
        var expression = element.getExtensionByUrl(Sdc.TEMPLATE_VALUE);
        if (expression != null) {
            return evaluated(expression, path, scope).stream()
                    .flatMap(found -> valued(copied(element, Sdc.TEMPLATE_VALUE), found, child, path).stream())
                    .toList();
        }
        var wasEmpty = element.isEmpty();
        fill(element, path, scope);
        return element.isEmpty() && !wasEmpty ? List.of() : List.of(element);
    }

    private static FormPaths.Scope named(Extension context, Base found, FormPaths.Scope scope) {
        var at = scope.at(found);
        return context.getValue() instanceof Expression expression && expression.hasName()
                ? at.with(expression.getName(), List.of(found))
                : at;
    }

    private List<Base> evaluated(Extension extension, String path, FormPaths.Scope scope) {
        var expression = extension.getValue() instanceof Expression one
                ? one.getExpression()
                : extension.getValue().primitiveValue();
        try {
            var found = paths.evaluate(expression, scope);
            paths.copied(found.size());
            return found;
        } catch (IllegalArgumentException wrong) {
            issues.error(path, String.valueOf(wrong.getMessage()));
            return List.of();
        }
    }

    private static Element copied(Element element, String without) {
        var copy = (Element) element.copy();
        copy.getExtension().removeIf(one -> one.getUrl().equals(without));
        return copy;
    }

    /** The place with what was found in it, of the type that the template has there, or that the element may have. */
    private List<IBase> valued(Element place, Base found, BaseRuntimeChildDefinition child, String path) {
        Optional<IBase> made = place instanceof IPrimitiveType<?> primitive
                ? Optional.<IBase>of(place).filter(any -> Conversions.isWritten(primitive, found))
                : found instanceof Type type
                        ? Conversions.to(place.fhirType(), type).map(IBase.class::cast)
                        : Optional.empty();
        if (made.isEmpty()) {
            issues.error(path, "What was found for '" + child.getElementName() + "' is a " + found.fhirType()
                    + " and none that it may have");
        }
        return made.stream().toList();
    }
}
