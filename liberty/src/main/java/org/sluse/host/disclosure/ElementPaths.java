// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The element paths of a FHIR resource in JSON: {@code Observation.valueQuantity.value}, without array indexes, down to the primitive. In a Bundle the resource of
 * each entry begins a path of its own.
 */
final class ElementPaths {

    /** An item below an item, or below an answer, is by definition another item (FHIR R4, QuestionnaireResponse, "#QuestionnaireResponse.item"); it is granted with it, however deep it stands. */
    private static final Pattern ITEM_IN_ITEM = Pattern
            .compile("^QuestionnaireResponse\\.item(\\.answer)?\\.item(?=\\.|$)");

    private ElementPaths() {
    }

    static Set<String> of(JsonNode resource) {
        var paths = new TreeSet<String>();
        if (resource.isObject()) {
            resource(resource, paths);
        } else {
            collect(resource, "", paths);
        }
        return paths;
    }

    /** The types of the resource and of each one within. */
    static Set<String> types(JsonNode resource) {
        return resource.findValues("resourceType")
                .stream()
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void resource(JsonNode resource, Set<String> paths) {
        var type = resource.path("resourceType").asText();
        resource.properties().forEach(member -> {
            // Only here, and only as text, is it the name of the type; anywhere else it is an element like any other.
            if (!member.getKey().equals("resourceType") || !member.getValue().isTextual()) {
                member(member, type, paths);
            }
        });
    }

    private static void member(Map.Entry<String, JsonNode> member, String path, Set<String> paths) {
        if (member.getKey().equals("resource") && member.getValue().path("resourceType").isTextual()) {
            resource(member.getValue(), paths);
        } else {
            collect(member.getValue(),
                    ITEM_IN_ITEM.matcher(path + "." + member.getKey()).replaceFirst("QuestionnaireResponse.item"),
                    paths);
        }
    }

    private static void collect(JsonNode node, String path, Set<String> paths) {
        if (node.isArray()) {
            node.forEach(element -> collect(element, path, paths));
        } else if (node.isObject()) {
            node.properties().forEach(member -> member(member, path, paths));
        } else {
            paths.add(path);
        }
    }
}
