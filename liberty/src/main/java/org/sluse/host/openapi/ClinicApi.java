// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sluse.host.config.HostSettings;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.Gate;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;

/** Puts the documents of what is on for a clinic together (OpenAPI 3.1). Thread-safe. */
@Dependent
final class ClinicApi {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final String TENANT = "/{tenant}/";

    private final Map<PluginId, JsonNode> documents = new LinkedHashMap<>();
    private final Gate gate;
    private final HostSettings settings;
    private final ObjectMapper json;

    @Inject
    ClinicApi(PluginRegistry plugins, Gate gate, HostSettings settings, ObjectMapper json) {
        this.gate = gate;
        this.settings = settings;
        this.json = json;
        documents.put(TenantDatabases.CORE, read(TenantDatabases.CORE));
        plugins.all().forEach(one -> documents.put(one.id(), read(one.id())));
    }

    /** What the clinic's addresses are now: the host's own, and those of each plugin that is on. */
    ObjectNode of(Tenant tenant) {
        var document = json.createObjectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Sluse: " + tenant.name())
                .put("version", "1")
                .put("description",
                        "A call that changes something carries the header X-Sluse-Request; a call of a link's holder carries X-Sluse-Link. Errors are problem+json (RFC 9457).");
        document.putArray("servers").addObject().put("url", settings.publicUrl() + "/api");
        var paths = document.putObject("paths");
        var schemas = document.putObject("components").putObject("schemas");
        documents.forEach((plugin, its) -> {
            if (plugin.equals(TenantDatabases.CORE) || gate.isOn(tenant.id(), plugin)) {
                add(plugin, its, tenant, paths, schemas);
            }
        });
        return document;
    }

    private void add(PluginId plugin, JsonNode its, Tenant tenant, ObjectNode paths, ObjectNode schemas) {
        its.path("paths").properties().forEach(path -> {
            var below = path.getKey().replaceFirst("^/api(?=/)", "");
            if (below.startsWith(TENANT)) {
                var operations = (ObjectNode) renamed(path.getValue(), plugin);
                for (var member : operations) {
                    // Beside its operations, a path item may have parameters in common: a list.
                    if (member instanceof ObjectNode operation) {
                        operation.putArray("tags").add(plugin.value());
                    }
                }
                paths.set("/" + tenant.id() + "/" + below.substring(TENANT.length()), operations);
            }
        });
        its.at("/components/schemas")
                .properties()
                .forEach(schema -> schemas.set(name(plugin, schema.getKey()), renamed(schema.getValue(), plugin)));
    }

    /** A copy in which every reference names the plugin too: two plugins may call different things alike. */
    private JsonNode renamed(JsonNode node, PluginId plugin) {
        if (node instanceof ObjectNode object) {
            var copy = json.createObjectNode();
            object.properties()
                    .forEach(member -> copy.set(member.getKey(),
                            member.getKey().equals("$ref") && member.getValue().asText().startsWith(SCHEMAS)
                                    ? TextNode.valueOf(SCHEMAS
                                            + name(plugin, member.getValue().asText().substring(SCHEMAS.length())))
                                    : renamed(member.getValue(), plugin)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            var copy = json.createArrayNode();
            array.forEach(element -> copy.add(renamed(element, plugin)));
            return copy;
        }
        return node;
    }

    private static String name(PluginId plugin, String schema) {
        return plugin + "." + schema;
    }

    /** The document in the plugin's jar; one that brings none has nothing to tell. */
    private JsonNode read(PluginId plugin) {
        try (var stream = ClinicApi.class.getResourceAsStream("/META-INF/sluse/" + plugin + "/openapi.json")) {
            return stream == null ? json.createObjectNode() : json.readTree(stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
