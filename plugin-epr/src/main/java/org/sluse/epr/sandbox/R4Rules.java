// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sandbox;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildResourceDefinition;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** What R4 itself says of a resource: elements that must be there, how often they may be, and what a reference may point to. Names elements, never values. */
final class R4Rules {

    private final FhirContext context;

    R4Rules(FhirContext context) {
        this.context = context;
    }

    /** @throws UnprocessableEntityException the first rule that is broken */
    void check(Resource resource) {
        check(resource, resource.fhirType());
    }

    private void check(IBase element, String path) {
        if (!(context.getElementDefinition(
                element.getClass()) instanceof BaseRuntimeElementCompositeDefinition<?> definition)) {
            return;
        }
        for (var child : definition.getChildren()) {
            var values = child.getAccessor()
                    .getValues(element)
                    .stream()
                    .filter(value -> value != null && !value.isEmpty())
                    .toList();
            var name = path + "." + child.getElementName().replace("[x]", "");
            cardinality(child, values, name);
            for (var value : values) {
                if (value instanceof Reference reference && child instanceof RuntimeChildResourceDefinition typed) {
                    target(reference, typed, name);
                }
                check(value, name);
            }
        }
    }

    private static void cardinality(BaseRuntimeChildDefinition child, List<? extends IBase> values, String name) {
        if (values.size() < child.getMin()) {
            throw new UnprocessableEntityException(
                    name + ": this element is required (FHIR R4, cardinality " + child.getMin() + "..)");
        }
        if (child.getMax() > 0 && values.size() > child.getMax()) {
            throw new UnprocessableEntityException(
                    name + ": this element is there too often (FHIR R4, cardinality .." + child.getMax() + ")");
        }
    }

    private void target(Reference reference, RuntimeChildResourceDefinition child, String name) {
        var allowed = child.getResourceTypes();
        var type = typeOf(reference);
        if (type.isPresent() && allowed.stream()
                .noneMatch(
                        one -> one.getSimpleName().equals(type.get()) || one.isInterface() || one == Resource.class)) {
            throw new UnprocessableEntityException(name + ": a reference to " + type.get() + " is not allowed here");
        }
    }

    private static Optional<String> typeOf(Reference reference) {
        var id = reference.getReferenceElement();
        return id.hasResourceType() ? Optional.of(id.getResourceType()) : Optional.empty();
    }
}
