// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.StrictErrorHandler;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import org.hl7.fhir.r4.model.Resource;

/** Reads resources of R4 as JSON, whole or not at all. Thread-safe. */
public final class FormReader {

    private final FhirContext fhir;

    /** @param fhir of R4 */
    public FormReader(FhirContext fhir) {
        this.fhir = fhir;
    }

    /**
     * Reads a resource of one type.
     *
     * @param json a resource of this type
     * @throws IllegalArgumentException it is none, or has what R4 does not know; the message says where
     */
    public <T extends Resource> T read(Class<T> type, String json) {
        var object = object(type.getSimpleName(), json);
        if (!named(object).equals(type.getSimpleName())) {
            throw new IllegalArgumentException("This is a " + named(object) + "; right would be a "
                    + type.getSimpleName() + " of FHIR R4");
        }
        return parsed(type, object);
    }

    /** Reads a resource of any type. @throws IllegalArgumentException as {@link #read(Class, String)} */
    public Resource read(String json) {
        var object = object("resource", json);
        if (!fhir.getResourceTypes().contains(named(object))) {
            throw new IllegalArgumentException("This is a " + named(object) + "; right would be a resource of FHIR R4");
        }
        return parsed(fhir.getResourceDefinition(named(object)).getImplementingClass(Resource.class), object);
    }

    private static JsonObject object(String wanted, String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        } catch (JsonException wrong) {
            throw wrong(wanted, wrong);
        }
    }

    private static String named(JsonObject object) {
        return object.get("resourceType") instanceof JsonString text ? text.getString() : "resource without a type";
    }

    private <T extends Resource> T parsed(Class<T> type, JsonObject object) {
        try {
            return fhir.newJsonParser()
                    .setParserErrorHandler(new StrictErrorHandler())
                    .parseResource(type, completed(object).toString());
        } catch (DataFormatException wrong) {
            throw wrong(type.getSimpleName(), wrong);
        }
    }

    private static IllegalArgumentException wrong(String wanted, RuntimeException wrong) {
        return new IllegalArgumentException("This is no " + wanted + " of FHIR R4: "
                + String.valueOf(wrong.getMessage()).replaceFirst("^HAPI-[0-9]+: ", ""), wrong);
    }

    /**
     * With nulls where a list of primitives has nothing but extensions, as templates have them. FHIR R4 (json, "primitive elements") asks for the nulls when some of them have a value; HAPI
     * loses the list when they are left out.
     */
    private static JsonValue completed(JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                var whole = Json.createObjectBuilder();
                object.forEach((name, inner) -> {
                    if (name.startsWith("_") && inner instanceof JsonArray extensions
                            && !object.containsKey(name.substring(1))) {
                        var nothing = Json.createArrayBuilder();
                        extensions.forEach(any -> nothing.addNull());
                        whole.add(name.substring(1), nothing);
                    }
                    whole.add(name, completed(inner));
                });
                yield whole.build();
            }
            case JsonArray array -> {
                var whole = Json.createArrayBuilder();
                array.forEach(inner -> whole.add(completed(inner)));
                yield whole.build();
            }
            default -> value;
        };
    }
}
