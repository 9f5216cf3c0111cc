// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.parser.DataFormatException;
import java.util.Optional;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** An answer as an element of another type, where one says the same as the other. */
final class Conversions {

    private Conversions() {}

    /** What a primitive has as its text. @throws IllegalArgumentException a structure that has none */
    static String text(Base value) {
        return switch (value) {
            case Coding coding when coding.hasCode() -> coding.getCode();
            case Quantity quantity when quantity.hasValue() -> quantity.getValueElement().getValueAsString();
            case Reference reference when reference.hasReference() -> reference.getReference();
            case CodeableConcept concept when concept.hasText() -> concept.getText();
            case CodeableConcept concept when concept.hasCoding() -> text(concept.getCodingFirstRep());
            case Base primitive when primitive.isPrimitive() && primitive.primitiveValue() != null ->
                primitive.primitiveValue();
            default -> throw new IllegalArgumentException("a " + value.fhirType() + " has no value of its own");
        };
    }

    /** For people to read; a structure without a value of its own by the name of its type. */
    static String said(Base value) {
        try {
            return text(value);
        } catch (IllegalArgumentException structure) {
            return value.fhirType();
        }
    }

    /** Writes what the value has as its text; false when it is none for such a primitive. The reason is not told: it would quote an answer. */
    static boolean isWritten(IPrimitiveType<?> place, Base value) {
        try {
            place.setValueAsString(text(value));
            return true;
        } catch (FHIRException | DataFormatException | IllegalArgumentException notOne) {
            return false;
        }
    }

    /** As a complex type by FHIR's name of it; empty when it cannot be one. */
    static Optional<Type> to(String type, Type value) {
        if (value.fhirType().equals(type)) {
            return Optional.of(value.copy());
        }
        return Optional.ofNullable(switch (type) {
            case "CodeableConcept" -> value instanceof Coding coding
                    ? new CodeableConcept(coding.copy())
                    : value instanceof StringType text ? new CodeableConcept().setText(text.getValue()) : null;
            case "Coding" -> value instanceof CodeableConcept concept && concept.hasCoding()
                    ? concept.getCodingFirstRep().copy()
                    : null;
            case "Quantity", "SimpleQuantity", "Age", "Duration", "Count", "Distance" -> switch (value) {
                case Quantity quantity -> quantity.copy();
                case DecimalType decimal -> new Quantity().setValueElement(decimal.copy());
                case IntegerType integer -> new Quantity().setValue(integer.getValue());
                default -> null;
            };
            case "Reference" -> value.isPrimitive() ? new Reference(value.primitiveValue()) : null;
            default -> null;
        });
    }
}
