// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.StrictErrorHandler;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureMap;
import org.hl7.fhir.r4.utils.StructureMapUtilities;

/** Reads resources of R4 as JSON, and StructureMaps in the FHIR Mapping Language. Thread-safe. */
public final class FormReader {

    private final FhirContext fhir;
    private final Supplier<IParserErrorHandler> errors;

    /** Reads resources whole or not at all. @param fhir of R4 */
    public FormReader(FhirContext fhir) {
        this(fhir, StrictErrorHandler::new);
    }

    /**
     * Reads what R4 knows of a resource.
     *
     * @param fhir of R4
     * @param leftOut is told of each element that R4 does not know, or that is empty
     */
    public FormReader(FhirContext fhir, Consumer<String> leftOut) {
        this(fhir, () -> new Forgiving(leftOut));
    }

    private FormReader(FhirContext fhir, Supplier<IParserErrorHandler> errors) {
        this.fhir = fhir;
        this.errors = errors;
    }

    /** What says nothing that R4 could mean is left out; a value that is wrong is not. */
    private static final class Forgiving extends StrictErrorHandler {

        private final Consumer<String> leftOut;

        Forgiving(Consumer<String> leftOut) {
            this.leftOut = leftOut;
        }

        @Override
        public void unknownElement(IParseLocation location, String name) {
            leftOut.accept("the unknown element '" + name + "'");
        }

        @Override
        public void unknownReference(IParseLocation location, String reference) {
            leftOut.accept("what '" + reference + "' refers to, which is not contained");
        }

        @Override
        public void invalidValue(IParseLocation location, String value, String error) {
            if (value == null || value.isEmpty()) {
                leftOut.accept("an empty '" + location.getParentElementName() + "'");
            } else {
                super.invalidValue(location, value, error);
            }
        }
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

    /**
     * Reads a StructureMap.
     *
     * @param text JSON, or the FHIR Mapping Language
     * @throws IllegalArgumentException it is neither; the message says where
     */
    public StructureMap readMap(String text) {
        if (text.stripLeading().startsWith("{")) {
            return read(StructureMap.class, text);
        }
        try {
            var map = new StructureMapUtilities(new HapiWorkerContext(fhir, new Structures(fhir))).parse(text, "map");
            // Without what the compiler remembers of its expressions: they are read anew, with bounds.
            return fhir.newJsonParser()
                    .parseResource(StructureMap.class, fhir.newJsonParser().encodeResourceToString(map));
        } catch (FHIRException | IllegalArgumentException wrong) {
            throw noMap(String.valueOf(wrong.getMessage()), wrong);
        } catch (RuntimeException lost) {
            // How the compiler fails where it has not thought of what somebody may write.
            throw noMap("it ends too early, or has what no rule can have", lost);
        } catch (StackOverflowError deep) {
            throw new IllegalArgumentException("This StructureMap is nested too deeply", deep);
        }
    }

    private static IllegalArgumentException noMap(String why, RuntimeException wrong) {
        return new IllegalArgumentException(
                "This is no StructureMap of FHIR R4, and not in its mapping language: " + why, wrong);
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
                    .setParserErrorHandler(errors.get())
                    .parseResource(type, completed(object).toString());
        } catch (DataFormatException wrong) {
            throw wrong(type.getSimpleName(), wrong);
        } catch (RuntimeException lost) {
            // How the parser fails where it has not thought of what somebody may send: an empty name, a list in a list.
            throw new IllegalArgumentException("This is no " + type.getSimpleName()
                    + " of FHIR R4: a member is none that an element can have", lost);
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
