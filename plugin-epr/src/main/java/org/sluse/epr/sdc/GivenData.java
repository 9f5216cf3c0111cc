// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Searches of FHIR R4 over resources that were handed over (FHIR R4, search): parameters of the resource's type, {@code _id}, {@code _sort} and {@code _count}; alternatives with commas. Chains,
 * modifiers and includes are refused.
 */
final class GivenData {

    private static final Set<String> ABOUT_THE_ANSWER = Set.of("_count", "_sort", "_format", "_summary", "_elements");

    private final FhirContext fhir;
    private final FormPaths paths;
    private final List<Resource> resources;

    GivenData(FhirContext fhir, FormPaths paths, List<Resource> resources) {
        this.fhir = fhir;
        this.paths = paths;
        this.resources = List.copyOf(resources);
    }

    /** Whether there is any to be found: a search of a type of which nothing was handed over says nothing. */
    boolean has(String type) {
        return resources.stream().anyMatch(one -> one.fhirType().equals(type));
    }

    <T extends Resource> List<T> all(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Of which type a search asks. */
    static String type(String query) {
        return query.replaceFirst("[/?].*", "");
    }

    /**
     * What a search finds, in the order in which it was handed over unless the search says another.
     *
     * @param query {@code Observation?code=http://loinc.org|29463-7&_sort=-date}
     * @throws IllegalArgumentException it is none that is understood here; the message says which part
     */
    List<Resource> search(String query) {
        var type = type(query);
        if (!fhir.getResourceTypes().contains(type)) {
            throw new IllegalArgumentException("The query asks for '" + type
                    + "'; right would be a resource of FHIR R4 with parameters behind '?'");
        }
        var found = resources.stream().filter(one -> one.fhirType().equals(type));
        var rest = query.substring(type.length());
        if (rest.startsWith("/")) {
            var id = rest.substring(1);
            return found.filter(one -> id.equals(one.getIdElement().getIdPart())).toList();
        }
        var count = Integer.MAX_VALUE;
        for (var part : rest.isEmpty() ? new String[0] : rest.substring(1).split("&")) {
            var name = decoded(part.replaceFirst("=.*", ""));
            var value = decoded(part.contains("=") ? part.substring(part.indexOf('=') + 1) : "");
            if (name.isEmpty()) {
                continue;
            }
            if (!ABOUT_THE_ANSWER.contains(name)) {
                found = found.filter(matching(type, name, List.of(value.split(","))));
            } else if (name.equals("_sort")) {
                found = found.sorted(order(type, value));
            } else if (name.equals("_count")) {
                count = count(value);
            }
        }
        return found.limit(count).toList();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static int count(String value) {
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException no) {
            throw new IllegalArgumentException("_count is '" + value + "'; right would be a number", no);
        }
    }

    private Predicate<Resource> matching(String type, String name, List<String> wanted) {
        if (name.equals("_id")) {
            return resource -> wanted.contains(resource.getIdElement().getIdPart());
        }
        var parameter = parameter(type, name);
        return resource -> values(parameter, resource).anyMatch(
                value -> wanted.stream().anyMatch(one -> isMatch(parameter, value, one)));
    }

    private RuntimeSearchParam parameter(String type, String name) {
        var parameter = fhir.getResourceDefinition(type).getSearchParam(name);
        if (parameter == null || parameter.getPath() == null || parameter.getPath().isEmpty()) {
            throw new IllegalArgumentException("The query has '" + name + "', which is not understood for " + type
                    + " here; right would be a search parameter of FHIR R4 without modifier or chain");
        }
        return parameter;
    }

    private Stream<Base> values(RuntimeSearchParam parameter, Resource resource) {
        // Nothing is resolved here: of which type a reference is, it says itself.
        var path = parameter.getPath().replaceAll("\\.where\\(resolve\\(\\) is [A-Za-z]+\\)", "");
        return paths.evaluate(path, new FormPaths.Scope(resource, null, Map.of())).stream();
    }

    private static boolean isMatch(RuntimeSearchParam parameter, Base value, String wanted) {
        return switch (parameter.getParamType()) {
            case TOKEN -> tokens(value).anyMatch(token -> isToken(token, wanted));
            case REFERENCE -> value instanceof Reference reference && isTo(reference, wanted,
                    parameter.getPath().replaceFirst(".*resolve\\(\\) is ([A-Za-z]+)\\).*", "$1"));
            case DATE -> Span.of(value).filter(span -> isWhen(span, wanted)).isPresent();
            case STRING -> texts(value).anyMatch(
                    text -> text.toLowerCase(Locale.ROOT).startsWith(wanted.toLowerCase(Locale.ROOT)));
            case URI -> wanted.equals(value.primitiveValue());
            case QUANTITY, NUMBER -> isNumber(value, wanted);
            default -> throw new IllegalArgumentException("The query has '" + parameter.getName()
                    + "', whose kind is not understood here");
        };
    }

    private record Token(String system, String code) {}

    private static Stream<Token> tokens(Base value) {
        return switch (value) {
            case CodeableConcept concept -> concept.getCoding().stream().flatMap(GivenData::tokens);
            case Coding coding -> Stream.of(new Token(Objects.toString(coding.getSystem(), ""),
                    Objects.toString(coding.getCode(), "")));
            case Identifier identifier -> Stream.of(new Token(Objects.toString(identifier.getSystem(), ""),
                    Objects.toString(identifier.getValue(), "")));
            case ContactPoint point -> Stream.of(new Token("", Objects.toString(point.getValue(), "")));
            case Base primitive when primitive.isPrimitive() ->
                Stream.of(new Token("", Objects.toString(primitive.primitiveValue(), "")));
            default -> Stream.empty();
        };
    }

    /** {@code code}, {@code system|code}, {@code |code} or {@code system|}. */
    private static boolean isToken(Token token, String wanted) {
        var bar = wanted.indexOf('|');
        if (bar < 0) {
            return token.code().equals(wanted);
        }
        var code = wanted.substring(bar + 1);
        return token.system().equals(wanted.substring(0, bar)) && (code.isEmpty() || token.code().equals(code));
    }

    private static boolean isTo(Reference reference, String wanted, String type) {
        var to = reference.getReferenceElement();
        var named = wanted.contains("/") ? wanted.substring(0, wanted.lastIndexOf('/')) : "";
        return Objects.equals(to.getIdPart(), wanted.substring(wanted.lastIndexOf('/') + 1))
                && (named.isEmpty()
                        || Objects.equals(to.getResourceType(), named.substring(named.lastIndexOf('/') + 1)))
                && (type.contains(".") || Objects.equals(to.getResourceType(), type));
    }

    private static Stream<String> texts(Base value) {
        return value.isPrimitive()
                ? Stream.ofNullable(value.primitiveValue())
                : value.children().stream().flatMap(child -> child.getValues().stream()).flatMap(GivenData::texts);
    }

    private static boolean isNumber(Base value, String wanted) {
        var number = value instanceof Quantity quantity ? quantity.getValue() : new BigDecimal(value.primitiveValue());
        var prefix = prefix(wanted);
        var parts = wanted.substring(prefix.length()).split("\\|", -1);
        try {
            return number != null && isOrdered(prefix, number.compareTo(new BigDecimal(parts[0])))
                    && (parts.length < 3 || value instanceof Quantity quantity
                            && parts[2].equals(quantity.hasCode() ? quantity.getCode() : quantity.getUnit()));
        } catch (NumberFormatException no) {
            throw new IllegalArgumentException("The query compares with '" + parts[0] + "'; right would be a number",
                    no);
        }
    }

    private static String prefix(String wanted) {
        return wanted.matches("(?s)(eq|ne|gt|lt|ge|le)[0-9-].*") ? wanted.substring(0, 2) : "";
    }

    private static boolean isOrdered(String prefix, int comparison) {
        return switch (prefix) {
            case "ne" -> comparison != 0;
            case "gt" -> comparison > 0;
            case "lt" -> comparison < 0;
            case "ge" -> comparison >= 0;
            case "le" -> comparison <= 0;
            default -> comparison == 0;
        };
    }

    private static boolean isWhen(Span span, String wanted) {
        var prefix = prefix(wanted);
        var asked = Span.of(new org.hl7.fhir.r4.model.DateTimeType(wanted.substring(prefix.length()))).orElseThrow();
        return switch (prefix) {
            case "ne" -> span.from().isBefore(asked.from()) || span.to().isAfter(asked.to());
            case "gt" -> span.to().isAfter(asked.to());
            case "lt" -> span.from().isBefore(asked.from());
            case "ge" -> !span.to().isBefore(asked.from());
            case "le" -> !span.from().isAfter(asked.to());
            default -> !span.from().isBefore(asked.from()) && !span.to().isAfter(asked.to());
        };
    }

    private Comparator<Resource> order(String type, String wanted) {
        var fields = new ArrayList<Comparator<Resource>>();
        for (var field : wanted.split(",")) {
            var parameter = parameter(type, field.replaceFirst("^-", ""));
            Comparator<Resource> by = Comparator.comparing(resource -> values(parameter, resource)
                    .map(value -> Span.of(value)
                            .map(span -> span.from().toString())
                            .orElseGet(
                                    () -> texts(value).findFirst().orElse("")))
                    .min(Comparator.naturalOrder())
                    .orElse(""));
            fields.add(field.startsWith("-") ? by.reversed() : by);
        }
        return fields.stream().reduce(Comparator::thenComparing).orElseThrow();
    }
}
