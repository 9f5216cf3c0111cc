// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Searches that a form has as expressions, with FHIRPath between double braces (SDC 4.0, expressions, "x-fhir-query enhancements"). One that is none, or cannot be asked, finds nothing, and somebody is told.
 */
final class Queries {

    private static final String QUERY = "application/x-fhir-query";
    private static final Pattern BRACES = Pattern.compile("\\{\\{(.*?)\\}\\}", Pattern.DOTALL);

    private final GivenData given;
    private final FormPaths paths;
    private final Issues issues;

    Queries(GivenData given, FormPaths paths, Issues issues) {
        this.given = given;
        this.paths = paths;
        this.issues = issues;
    }

    static boolean isQuery(Expression expression) {
        return QUERY.equals(expression.getLanguage());
    }

    /** What is found, as the searchset that a server would give. */
    Bundle searchset(Expression query, String path, FormPaths.Scope scope) {
        var bundle = new Bundle().setType(BundleType.SEARCHSET);
        found(query, path, scope).forEach(one -> bundle.addEntry().setResource(one));
        return bundle;
    }

    List<Resource> found(Expression query, String path, FormPaths.Scope scope) {
        try {
            var asked = filled(String.valueOf(query.getExpression()), scope);
            var type = GivenData.type(asked);
            var found = given.search(asked);
            if (!given.has(type)) {
                issues.warning(path, "The form asks for " + type
                        + ", and none was handed over; right would be to hand over what the form asks for");
            }
            return found;
        } catch (IllegalArgumentException wrong) {
            issues.error(path, "The query '" + query.getExpression() + "' cannot be asked: " + wrong.getMessage());
            return List.of();
        }
    }

    private String filled(String query, FormPaths.Scope scope) {
        return BRACES.matcher(query).replaceAll(found -> {
            var values = paths.evaluate(found.group(1), scope).stream().flatMap(Queries::tokens).toList();
            if (values.isEmpty()) {
                throw new IllegalArgumentException("'" + found.group(1).strip() + "' has no value");
            }
            return Matcher.quoteReplacement(String.join(",", values));
        });
    }

    private static Stream<String> tokens(Base value) {
        return switch (value) {
            case CodeableConcept concept -> concept.getCoding().stream().flatMap(Queries::tokens);
            case Coding coding -> Stream.of(token(coding.getSystem(), coding.getCode()));
            case Identifier identifier -> Stream.of(token(identifier.getSystem(), identifier.getValue()));
            case Quantity quantity -> Stream.of(quantity.getValueElement().getValueAsString() + "|"
                    + Objects.toString(quantity.getSystem(), "") + "|" + Objects.toString(quantity.getCode(), ""));
            case Reference reference when reference.hasReference() -> Stream.of(reference.getReference());
            case IdType id when id.hasIdPart() -> Stream.of(id.getIdPart());
            case Base primitive when primitive.isPrimitive() -> Stream.ofNullable(primitive.primitiveValue());
            default -> throw new IllegalArgumentException("a " + value.fhirType() + " is no value of a search");
        };
    }

    private static String token(String system, String code) {
        return system == null ? Objects.toString(code, "") : system + "|" + Objects.toString(code, "");
    }
}
