// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/** Writes elements by the names that definitions have for them: {@code name}, {@code value[x]}, {@code valueQuantity}, each with a slice behind a colon or without. */
final class ElementWriter {

    /** What an answer may become where an element may be of several types, the first that is allowed and says the same. */
    private static final List<String> AS = List.of("CodeableConcept", "Quantity", "dateTime", "string");

    private final FhirContext fhir;

    ElementWriter(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** A new resource of this type; empty when R4 has none of the name. */
    Optional<Resource> resource(String type) {
        return fhir.getResourceTypes().contains(type)
                ? Optional.of((Resource) fhir.getResourceDefinition(type).newInstance())
                : Optional.empty();
    }

    /**
     * A new element without content; the one that is there, where there can be only one.
     *
     * @throws IllegalArgumentException there is no such element, or it has nothing below it
     */
    Base begun(Base parent, String step) {
        var name = name(step);
        var child = child(parent, name);
        var there = child.getAccessor().getValues(parent);
        if (child.getMax() == 1 && !there.isEmpty()) {
            return (Base) there.getFirst();
        }
        var type = child.getChildByName(name);
        if (type == null) {
            throw new IllegalArgumentException("'" + name + "' may be of several types; right would be one of "
                    + child.getValidChildNames());
        }
        var made = type.newInstance(child.getInstanceConstructorArguments());
        child.getMutator().addValue(parent, made);
        return (Base) made;
    }

    /** Whether there is a value. */
    boolean has(Base parent, String step) {
        return child(parent, name(step)).getAccessor().getValues(parent).stream().anyMatch(value -> !value.isEmpty());
    }

    /**
     * Writes a value, one more where there may be several.
     *
     * @throws IllegalArgumentException there is no such element, or the value is none for it
     */
    void write(Base parent, String step, Type value) {
        var name = name(step);
        var child = child(parent, name);
        List<? extends BaseRuntimeElementDefinition<?>> types = name.endsWith("[x]")
                ? child.getValidChildNames().stream().map(child::getChildByName).toList()
                : List.of(child.getChildByName(name));
        var made = wanted(types, value).flatMap(type -> converted(type, child, value).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "A " + value.fhirType() + " is no value of '" + name + "'"));
        if (child.getMax() == 1) {
            child.getMutator().setValue(parent, made);
        } else {
            child.getMutator().addValue(parent, made);
        }
    }

    /** Types that the element may have, the best for the value first. */
    private static Stream<BaseRuntimeElementDefinition<?>> wanted(
            List<? extends BaseRuntimeElementDefinition<?>> types, Type value) {
        return types.size() == 1
                ? Stream.of(types.getFirst())
                : Stream.concat(Stream.of(value.fhirType()), AS.stream())
                        .flatMap(name -> types.stream().filter(type -> type.getName().equals(name)));
    }

    private static Optional<IBase> converted(BaseRuntimeElementDefinition<?> type, BaseRuntimeChildDefinition child,
            Type value) {
        var place = type.newInstance(child.getInstanceConstructorArguments());
        if (place instanceof IPrimitiveType<?> primitive) {
            return Conversions.isWritten(primitive, value) ? Optional.of(place) : Optional.empty();
        }
        return Conversions.to(type.getName(), value).map(IBase.class::cast);
    }

    private BaseRuntimeChildDefinition child(Base parent, String name) {
        var child = fhir
                .getElementDefinition(parent.getClass()) instanceof BaseRuntimeElementCompositeDefinition<?> type
                        ? type.getChildByName(name)
                        : null;
        if (child == null) {
            throw new IllegalArgumentException("There is no element '" + name + "' in " + parent.fhirType());
        }
        return child;
    }

    private static String name(String step) {
        return step.split(":", 2)[0];
    }
}
