// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * The element paths of a FHIR resource in JSON: {@code Observation.valueQuantity.value}, without array indexes, down to the primitive. In a Bundle the resource of
 * each entry begins a path of its own.
 */
final class ElementPaths {

    private ElementPaths() {
    }

    static Set<String> of(JsonNode resource) {
        var paths = new TreeSet<String>();
        collect(resource, resource.path("resourceType").asText(), paths);
        return paths;
    }

    private static void collect(JsonNode node, String path, Set<String> paths) {
        if (node.isArray()) {
            node.forEach(element -> collect(element, path, paths));
        } else if (node.isObject()) {
            node.properties().forEach(member -> {
                var below = member.getValue();
                if (member.getKey().equals("resource") && below.has("resourceType")) {
                    collect(below, below.path("resourceType").asText(), paths);
                } else if (!member.getKey().equals("resourceType")) {
                    collect(below, path + "." + member.getKey(), paths);
                }
            });
        } else {
            paths.add(path);
        }
    }
}
