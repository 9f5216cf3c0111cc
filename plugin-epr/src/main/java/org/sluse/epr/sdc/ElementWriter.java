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

    private static final String CHOICE = "[x]";

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
        var name = name(parent, step);
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
        return child(parent, name(parent, step)).getAccessor()
                .getValues(parent)
                .stream()
                .anyMatch(value -> !value.isEmpty());
    }

    /**
     * Writes a value, one more where there may be several.
     *
     * @throws IllegalArgumentException there is no such element, or the value is none for it
     */
    void write(Base parent, String step, Type value) {
        var name = name(parent, step);
        var child = child(parent, name);
        List<? extends BaseRuntimeElementDefinition<?>> types = name.endsWith(CHOICE)
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
        return find(parent, name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no element '" + name + "' in " + parent.fhirType()));
    }

    private Optional<BaseRuntimeChildDefinition> find(Base parent, String name) {
        return fhir.getElementDefinition(parent.getClass()) instanceof BaseRuntimeElementCompositeDefinition<?> type
                ? Optional.ofNullable(type.getChildByName(name))
                : Optional.empty();
    }

    /** A slice of a choice is called as the element of its type (FHIR R4, profiling, "Limitations of Use": {@code value[x]:valueQuantity}); and many write a choice without its brackets. */
    private String name(Base parent, String step) {
        var parts = step.split(":", 2);
        if (parts.length == 2 && parts[0].endsWith(CHOICE) && find(parent, parts[1]).isPresent()) {
            return parts[1];
        }
        return find(parent, parts[0]).isEmpty() && find(parent, parts[0] + CHOICE).isPresent()
                ? parts[0] + CHOICE
                : parts[0];
    }
}
