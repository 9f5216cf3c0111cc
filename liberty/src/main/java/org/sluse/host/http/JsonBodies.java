// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.stream.Collectors;
import org.sluse.host.config.Bodies;
import org.sluse.host.config.OnePerNode;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** Reads and writes JSON bodies strictly. An error names the place in the body, never a value. */
@Provider
@Priority(1)
@OnePerNode
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, ProblemJson.TYPE})
public final class JsonBodies implements MessageBodyReader<Object>, MessageBodyWriter<Object> {

    @Inject
    ObjectMapper json;

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type != String.class && type != byte[].class && type != InputStream.class;
    }

    @Override
    public Object readFrom(Class<Object> type, Type genericType, Annotation[] annotations, MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body) throws IOException {
        var bytes = Bodies.read(body);
        try {
            var read = json.readValue(bytes, json.constructType(genericType));
            if (read == null) {
                throw new ProblemException(Problem.MALFORMED, "The body is 'null'; right would be a JSON object");
            }
            return read;
        } catch (StreamConstraintsException tooMuch) {
            throw new ProblemException(Problem.MALFORMED,
                    "The body nests too deep, or a number or a name in it is too long; right would be what the documentation of the address shows");
        } catch (UnrecognizedPropertyException unknown) {
            throw new ProblemException(Problem.MALFORMED,
                    "The member at '" + pointer(unknown) + "' is not known; right would be one of "
                            + unknown.getKnownPropertyIds());
        } catch (JsonMappingException mapping) {
            throw problem(mapping);
        } catch (JsonProcessingException syntax) {
            throw new ProblemException(Problem.MALFORMED,
                    "The body is not JSON, at line " + syntax.getLocation().getLineNr() + ", column "
                            + syntax.getLocation().getColumnNr());
        }
    }

    private static ProblemException problem(JsonMappingException mapping) {
        for (Throwable cause = mapping; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException told) {
                return told;
            }
        }
        var pointer = pointer(mapping);
        return mapping.getCause() instanceof IllegalArgumentException wrong
                ? ProblemException.notAllowed(pointer, "value", String.valueOf(wrong.getMessage()))
                : new ProblemException(Problem.MALFORMED,
                        "The value at '" + pointer + "' is missing or not of the right kind");
    }

    private static String pointer(JsonMappingException mapping) {
        return mapping.getPath()
                .stream()
                .map(step -> "/"
                        + (step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName()))
                .collect(Collectors.joining());
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type != String.class && type != byte[].class;
    }

    @Override
    public void writeTo(Object value, Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType,
            MultivaluedMap<String, Object> headers, OutputStream body) throws IOException {
        body.write(json.writeValueAsBytes(value));
    }
}
