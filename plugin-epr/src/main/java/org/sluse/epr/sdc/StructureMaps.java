// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureMap;
import org.hl7.fhir.r4.model.StructureMap.StructureMapGroupRuleComponent;
import org.hl7.fhir.r4.model.StructureMap.StructureMapGroupRuleTargetComponent;
import org.hl7.fhir.r4.model.StructureMap.StructureMapModelMode;
import org.hl7.fhir.r4.model.StructureMap.StructureMapStructureComponent;
import org.hl7.fhir.r4.model.StructureMap.StructureMapTransform;
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

    private final FhirContext fhir;
    private final Questionnaire questionnaire;
    private final HapiWorkerContext worker;
    private final Effort effort = new Effort();

    StructureMaps(FhirContext fhir, Questionnaire questionnaire) {
        this.fhir = fhir;
        this.questionnaire = questionnaire;
        this.worker = new HapiWorkerContext(fhir, new Structures(fhir));
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
            new StructureMapUtilities(worker, new Services()).transform(null, source, prepared(map), target);
        } catch (FHIRException | UnsupportedOperationException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException("The StructureMap '" + map.getUrl() + "' cannot be run: "
                    + reason(String.valueOf(wrong.getMessage()), source, json(map)), wrong);
        } catch (NullPointerException lost) {
            // How the engine says that a rule has no place to write to.
            throw new IllegalArgumentException("The StructureMap '" + map.getUrl()
                    + "' cannot be run: a rule does not fit what it was given", lost);
        } catch (StackOverflowError endless) {
            throw new IllegalArgumentException("The StructureMap '" + map.getUrl()
                    + "' cannot be run: its groups call each other without end", endless);
        }
        return named(target, json(source) + json(map), ids);
    }

    /** The engine may quote what it could not write. */
    private static String reason(String told, Resource source, String map) {
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
    private StructureMap prepared(StructureMap map) {
        var copy = map.copy();
        copy.getGroup().forEach(group -> group.getRule().forEach(this::prepare));
        return copy;
    }

    private void prepare(StructureMapGroupRuleComponent rule) {
        rule.getSource().forEach(source -> {
            read(source.getCondition(), source, StructureMapUtilities.MAP_WHERE_EXPRESSION);
            read(source.getCheck(), source, StructureMapUtilities.MAP_WHERE_CHECK);
            // For operators of a server; it would have answers in it.
            source.setLogMessage(null);
        });
        rule.getTarget()
                .stream()
                .filter(one -> one.getTransform() == StructureMapTransform.EVALUATE)
                .forEach(this::prepare);
        rule.getRule().forEach(this::prepare);
    }

    private void prepare(StructureMapGroupRuleTargetComponent target) {
        if (target.getParameter().isEmpty()
                || !(target.getParameter().getLast().getValue() instanceof StringType text)) {
            throw new IllegalArgumentException("evaluate has no expression; right would be one in quotes");
        }
        read(text.getValue(), target, StructureMapUtilities.MAP_EXPRESSION);
    }

    private void read(String expression, Base place, String key) {
        if (expression != null && !expression.isEmpty()) {
            place.setUserData(key, WatchedNode.of(new FHIRPathEngine(worker).parse(expression), effort));
        }
    }

    /** What the engine asks of us: nothing is looked up elsewhere. */
    private final class Services implements ITransformerServices {

        @Override
        public void log(String step) {
            // Said of each rule and group: nobody keeps it, and it is counted.
            effort.spend(RULE);
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
