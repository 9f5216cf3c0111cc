// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a transaction needs around its resources (FHIR R4, Bundle). Its elements are granted to nobody in particular, so that their values may say nothing that
 * the resources beside them do not say already.
 */
final class BundleEnvelope {

    /** The elements of the envelope. */
    static final Set<String> PATHS = Set.of("Bundle.type", "Bundle.entry.fullUrl", "Bundle.entry.request.method",
            "Bundle.entry.request.url", "Bundle.entry.request.ifNoneExist", "Bundle.entry.request.ifMatch");

    private static final Pattern TYPE_OR_ID = Pattern.compile("[A-Z][A-Za-z]{1,63}(/[A-Za-z0-9.-]{1,64})?");
    private static final Pattern KIND = Pattern.compile("transaction|batch");
    private static final Pattern METHOD = Pattern.compile("POST|PUT|PATCH|DELETE|GET");
    private static final Pattern FULL_URL = Pattern.compile("urn:uuid:[0-9a-f-]{36}");
    private static final Pattern VERSION = Pattern.compile("W/\"[A-Za-z0-9.-]{1,64}\"");

    private BundleEnvelope() {
    }

    /** The first element of a Bundle whose value could carry something of its own; empty for every other resource. */
    static Optional<String> suspicious(JsonNode bundle) {
        if (!bundle.path("resourceType").asText().equals("Bundle")) {
            return Optional.empty();
        }
        if (!matches(KIND, bundle.path("type"))) {
            return Optional.of("Bundle.type");
        }
        if (!bundle.path("entry").isArray()) {
            return Optional.of("Bundle.entry");
        }
        for (var entry : bundle.path("entry")) {
            var request = entry.path("request");
            if (!request.isObject() || !entry.path("resource").isObject()
                    || ElementPaths.types(entry.path("resource")).contains("Bundle")) {
                return Optional.of("Bundle.entry");
            }
            if (!matches(FULL_URL, entry.path("fullUrl"))) {
                return Optional.of("Bundle.entry.fullUrl");
            }
            if (!matches(METHOD, request.path("method"))) {
                return Optional.of("Bundle.entry.request.method");
            }
            if (!matches(TYPE_OR_ID, request.path("url")) || !isOf(entry.path("resource"), request.path("url"))) {
                return Optional.of("Bundle.entry.request.url");
            }
            if (!matches(VERSION, request.path("ifMatch"))) {
                return Optional.of("Bundle.entry.request.ifMatch");
            }
            if (!request.path("ifNoneExist").isMissingNode()
                    && !isOf(entry.path("resource"), request.path("ifNoneExist").asText())) {
                return Optional.of("Bundle.entry.request.ifNoneExist");
            }
        }
        return Optional.empty();
    }

    /** The resource's type, and its id where there is one. */
    private static boolean isOf(JsonNode resource, JsonNode url) {
        var type = resource.path("resourceType").asText();
        return url.isMissingNode() || url.asText().equals(type)
                || url.asText().equals(type + "/" + resource.path("id").asText());
    }

    /** One condition by an identifier or a tag that the resource has itself. */
    private static boolean isOf(JsonNode resource, String condition) {
        var equals = condition.indexOf('=');
        if (equals < 0) {
            return false;
        }
        var token = condition.substring(equals + 1).split("\\|", 2);
        if (token.length < 2) {
            return false;
        }
        var system = URLDecoder.decode(token[0], StandardCharsets.UTF_8);
        var value = URLDecoder.decode(token[1], StandardCharsets.UTF_8);
        return switch (condition.substring(0, equals)) {
            case "identifier" -> has(resource.path("identifier"), system, "value", value);
            case "_tag" -> has(resource.path("meta").path("tag"), system, "code", value);
            default -> false;
        };
    }

    /** An element that repeats, or one that does not (QuestionnaireResponse.identifier). */
    private static boolean has(JsonNode elements, String system, String member, String value) {
        if (elements.isArray()) {
            for (var element : elements) {
                if (has(element, system, member, value)) {
                    return true;
                }
            }
            return false;
        }
        return elements.path("system").asText().equals(system) && elements.path(member).asText().equals(value);
    }

    private static boolean matches(Pattern pattern, JsonNode value) {
        return value.isMissingNode() || value.isTextual() && pattern.matcher(value.asText()).matches();
    }
}
