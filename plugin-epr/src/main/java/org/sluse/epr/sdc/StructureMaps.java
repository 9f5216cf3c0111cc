// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.context.IWorkerContext;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Kind;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureMap;
import org.hl7.fhir.r4.model.StructureMap.StructureMapGroupRuleComponent;
import org.hl7.fhir.r4.model.StructureMap.StructureMapGroupRuleTargetComponent;
import org.hl7.fhir.r4.model.StructureMap.StructureMapGroupRuleTargetParameterComponent;
import org.hl7.fhir.r4.model.StructureMap.StructureMapModelMode;
import org.hl7.fhir.r4.model.StructureMap.StructureMapStructureComponent;
import org.hl7.fhir.r4.model.StructureMap.StructureMapTransform;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.utils.StructureMapUtilities;
import org.hl7.fhir.r4.utils.StructureMapUtilities.ITransformerServices;

/**
 * StructureMaps that a form contains, run by HAPI's engine (FHIR R4, "StructureMap"; SDC 4.0). It makes ids by chance where a map asks for one; they are exchanged for such as the caller gives, in the order in
 * which they appear, so that the same input makes the same output. Its rules and its FHIRPath are counted like expressions are.
 */
final class StructureMaps {

    private static final String CORE = "http://hl7.org/fhir/StructureDefinition/";
    private static final Pattern UUID = Pattern
            .compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    /** What a rule counts for: the engine writes down all that it knows at each. */
    private static final int RULE = 100;
    /** Of a text that a map may make, and of all that it knows at one rule: what may be sent at all is shorter. */
    private static final int LONGEST = 4 * 1024 * 1024;

    private final FhirContext fhir;
    private final Questionnaire questionnaire;
    private final IWorkerContext worker;
    private final Moment moment;
    private final Effort effort = new Effort();
    /** In characters: no text that the map has so far is longer. */
    private long longest;

    StructureMaps(FhirContext fhir, Questionnaire questionnaire, Moment moment) {
        this.moment = moment;
        this.fhir = fhir;
        this.questionnaire = questionnaire;
        this.worker = knowingNoCodes(new HapiWorkerContext(fhir, new Structures(fhir)));
    }

    /** For {@code cc()} and {@code c()}, which ask whether their system is a value set and what it calls the code. HAPI refuses the answer "no" to the one, and asks a library that we leave out for the other. */
    private static IWorkerContext knowingNoCodes(IWorkerContext worker) {
        return (IWorkerContext) Proxy.newProxyInstance(IWorkerContext.class.getClassLoader(),
                new Class<?>[]{IWorkerContext.class}, (_, method, arguments) -> {
                    if (method.getName().equals("fetchResourceWithException") && arguments[0] == ValueSet.class
                            || method.getName().equals("validateCode")) {
                        return null;
                    }
                    try {
                        return method.invoke(worker, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    /** A map by its id behind "#" or its address. @throws IllegalArgumentException the form does not contain it */
    StructureMap map(String canonical) {
        var address = canonical.split("\\|", 2)[0];
        return questionnaire.getContained()
                .stream()
                .filter(StructureMap.class::isInstance)
                .map(StructureMap.class::cast)
                .filter(map -> address.equals(map.getUrl())
                        || map.hasId() && address.equals("#" + map.getIdElement().getIdPart().replace("#", "")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The form does not contain the StructureMap '"
                        + canonical + "'; right would be to contain it"));
    }

    /** Of which type what it takes, or makes, is. @throws IllegalArgumentException it does not say, or it is no resource of R4 */
    String type(StructureMap map, StructureMapModelMode mode) {
        return map.getStructure()
                .stream()
                .filter(structure -> structure.getMode() == mode)
                .map(StructureMapStructureComponent::getUrl)
                .filter(url -> url.startsWith(CORE))
                .map(url -> url.substring(CORE.length()))
                .filter(fhir.getResourceTypes()::contains)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The StructureMap '" + map.getUrl() + "' names no "
                        + mode.toCode() + " that is a resource of FHIR R4; right would be for example " + CORE
                        + "Bundle"));
    }

    /**
     * Runs a map.
     *
     * @param ids the UUID to take for the first, second ... id that the map has made
     * @throws IllegalArgumentException it cannot be run, or takes too much work; the message says why
     */
    Resource transformed(StructureMap map, Resource source, IntFunction<String> ids) {
        var target = ResourceFactory.createResource(type(map, StructureMapModelMode.TARGET));
        try {
            longest = Stream.concat(texts(source), texts(map)).mapToLong(String::length).max().orElse(0);
            new StructureMapUtilities(worker, new Services())
                    .transform(null, source, prepared(map, new Growth(texts(source).count())), target);
        } catch (FHIRException | UnsupportedOperationException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException("The StructureMap '" + map.getUrl() + "' cannot be run: "
                    + reason(wrong, source, json(map)), wrong);
        } catch (RuntimeException | NoClassDefFoundError lost) {
            // How the engine says that a rule has no place to write to, and what else it has no words for.
            throw new IllegalArgumentException("The StructureMap '" + map.getUrl()
                    + "' cannot be run: a rule does not fit what it was given", lost);
        } catch (StackOverflowError endless) {
            throw new IllegalArgumentException("The StructureMap '" + map.getUrl()
                    + "' cannot be run: its groups call each other without end", endless);
        }
        return named(target, json(source) + json(map), ids);
    }

    /** The engine may quote what it could not write; what we say ourselves quotes nothing. */
    private static String reason(Throwable wrong, Resource source, String map) {
        var told = String.valueOf(wrong.getMessage());
        for (var cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof Effort.ExceededException exceeded) {
                return String.valueOf(exceeded.getMessage());
            }
        }
        return texts(source).anyMatch(text -> told.contains(text) && !map.contains(text))
                ? "what was found does not fit where it is to be written"
                : told;
    }

    private static Stream<String> texts(Base element) {
        return element.isPrimitive()
                ? Stream.ofNullable(element.primitiveValue())
                : element.children()
                        .stream()
                        .flatMap(child -> child.getValues().stream())
                        .flatMap(StructureMaps::texts);
    }

    private String json(Resource resource) {
        return fhir.newJsonParser().encodeResourceToString(resource);
    }

    private Resource named(Resource target, String known, IntFunction<String> ids) {
        Map<String, String> names = new LinkedHashMap<>();
        var text = UUID.matcher(json(target))
                .replaceAll(found -> Matcher.quoteReplacement(known.contains(found.group())
                        ? found.group()
                        : names.computeIfAbsent(found.group(), _ -> ids.apply(names.size()))));
        return (Resource) fhir.newJsonParser().parseResource(text);
    }

    /** With each expression read beforehand: the engine keeps what it has read in the same place, and would read it without bounds. */
    private StructureMap prepared(StructureMap map, Growth growth) {
        var copy = map.copy();
        copy.getGroup().forEach(group -> group.getRule().forEach(rule -> prepare(rule, growth)));
        return copy;
    }

    private void prepare(StructureMapGroupRuleComponent rule, Growth growth) {
        rule.getSource().forEach(source -> {
            read(source.getCondition(), source, StructureMapUtilities.MAP_WHERE_EXPRESSION, growth);
            read(source.getCheck(), source, StructureMapUtilities.MAP_WHERE_CHECK, growth);
            // For operators of a server; it would have answers in it.
            source.setLogMessage(null);
        });
        // One target may take what the one before it has made, and nobody looks between them.
        var together = rule.getTarget()
                .stream()
                .map(StructureMaps::expression)
                .flatMap(Optional::stream)
                .mapToDouble(
                        text -> growth.of(parsed(text)))
                .reduce(1, (one, other) -> one * other);
        rule.getTarget()
                .forEach(target -> expression(target).ifPresent(text -> {
                    target.setTransform(StructureMapTransform.EVALUATE)
                            .setParameter(List.of(new StructureMapGroupRuleTargetParameterComponent(
                                    new StringType(text))));
                    target.setUserData(StructureMapUtilities.MAP_EXPRESSION, watched(parsed(text), together));
                }));
        rule.getRule().forEach(below -> prepare(below, growth));
    }

    /** What a target works out; {@code append} is one too, which the engine would do without a bound. */
    private static Optional<String> expression(StructureMapGroupRuleTargetComponent target) {
        return switch (target.getTransform()) {
            case EVALUATE -> Optional.of(target.getParameter().isEmpty()
                    || !(target.getParameter().getLast().getValue() instanceof StringType text)
                            ? wrong("evaluate has no expression; right would be one in quotes")
                            : text.getValue());
            case APPEND -> Optional.of(target.getParameter()
                    .stream()
                    .map(parameter -> parameter.getValue() instanceof IdType name
                            ? "%" + name.getValue()
                            : "'" + parameter.getValue().primitiveValue().replace("\\", "\\\\").replace("'", "\\'")
                                    + "'")
                    .collect(Collectors.joining(" & ")));
            case null, default -> Optional.empty();
        };
    }

    private static String wrong(String why) {
        throw new IllegalArgumentException(why);
    }

    private ExpressionNode parsed(String expression) {
        var node = new FHIRPathEngine(worker).parse(expression);
        tell(node);
        return node;
    }

    /** Has the expression know when it is; the engine would look at the clock. */
    private void tell(ExpressionNode first) {
        for (var operand = first; operand != null; operand = operand.getOpNext()) {
            for (var step = operand; step != null; step = step.getInner()) {
                if (step.getGroup() != null) {
                    tell(step.getGroup());
                }
                if (step.getKind() != Kind.Function) {
                    continue;
                }
                step.getParameters().forEach(this::tell);
                switch (step.getFunction()) {
                    case Now -> fix(step, moment.now());
                    case Today -> fix(step, moment.today());
                    default -> {
                    }
                }
            }
        }
    }

    private static void fix(ExpressionNode step, Base value) {
        step.setFunction(null);
        step.setKind(Kind.Constant);
        step.setConstant(value);
    }

    private void read(String expression, Base place, String key, Growth growth) {
        if (expression != null && !expression.isEmpty()) {
            var node = parsed(expression);
            place.setUserData(key, watched(node, growth.of(node)));
        }
    }

    private ExpressionNode watched(ExpressionNode node, double growth) {
        return WatchedNode.of(node, growth > 1 ? () -> grown(growth) : () -> effort.spend(1), () -> effort.spend(1));
    }

    private void grown(double growth) {
        requireShort(longest * growth);
        effort.text((long) (longest * growth));
    }

    private static void requireShort(double characters) {
        if (characters > LONGEST) {
            throw new Effort.ExceededException("a text may become longer than " + LONGEST
                    + " characters; right would be fewer that are put together");
        }
    }

    /** What the engine asks of us: nothing is looked up elsewhere. */
    private final class Services implements ITransformerServices {

        @Override
        public void log(String step) {
            // Said of each rule and group, with all that is known there: nobody keeps it, and it is counted.
            effort.spend(RULE);
            effort.text(step.length());
            longest = Math.max(longest, step.length());
            requireShort(longest);
        }

        @Override
        public Base createType(Object application, String name) {
            effort.spend(RULE);
            return ResourceFactory.createResourceOrType(name.startsWith(CORE) ? name.substring(CORE.length()) : name);
        }

        @Override
        public Base createResource(Object application, Base resource, boolean isTop) {
            return resource;
        }

        @Override
        public Coding translate(Object application, Coding source, String conceptMap) {
            throw new IllegalArgumentException("The ConceptMap '" + conceptMap
                    + "' is not in the map; right would be to contain it");
        }

        @Override
        public Base resolveReference(Object application, String url) {
            throw new IllegalArgumentException("A reference is to be resolved, and nothing is looked up here");
        }

        @Override
        public List<Base> performSearch(Object application, String url) {
            throw new IllegalArgumentException("A search is to be made, and nothing is looked up here");
        }
    }
}
