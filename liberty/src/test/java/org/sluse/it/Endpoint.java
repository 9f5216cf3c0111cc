// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.History;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.Update;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.servlet.annotation.WebServlet;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.live.LiveHandler;

/**
 * One way into the server, as its classes declare it.
 *
 * @param name {@code GET /{tenant}/video/sessions/{id}} for a method of the REST model, {@code SERVLET /ui/*}, {@code SOCKET /ws/{tenant}/{plugin}},
 *            {@code SOCKET VideoLiveHandler} for the socket of a plugin, {@code FHIR ObservationProvider.read} for an interaction
 * @param roles who may; empty where the REST model does not say it
 * @param takesBody whether it reads what is sent, in the REST model
 * @param where the class and method, for who has to add a row
 */
record Endpoint(String name, Set<Role> roles, boolean takesBody, String where) {

    private static final List<Class<? extends Annotation>> INTERACTIONS = List.of(Read.class, Search.class,
            History.class,
            Create.class, Update.class, Transaction.class, Operation.class);

    private static final List<Endpoint> ALL = scanned();

    /** Every one there is in the classes that the server is made of. */
    static List<Endpoint> all() {
        return ALL;
    }

    private static List<Endpoint> scanned() {
        var classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar") && !location.contains("org/sluse/peer/"))
                .importPackages("org.sluse");
        return classes.stream()
                .flatMap(type -> Stream.of(rest(type), fhir(type), servlet(type), socket(type), handler(type))
                        .flatMap(
                                all -> all))
                .sorted(Comparator.comparing(Endpoint::name))
                .toList();
    }

    String verb() {
        return name.substring(0, name.indexOf(' '));
    }

    /** As it is called. @param body what is sent; empty for none */
    String method(String body) {
        return isRest() ? verb() : name.endsWith(".update") ? "PUT" : body.isEmpty() ? "GET" : "POST";
    }

    boolean isRest() {
        return name.contains(" /") && !name.startsWith("SERVLET") && !name.startsWith("SOCKET");
    }

    private static Stream<Endpoint> rest(JavaClass type) {
        return type.getMethods()
                .stream()
                .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                .map(JavaMethod::reflect)
                .map(method -> new Endpoint(verb(method) + " " + path(method), roles(method), takesBody(method),
                        where(type, method.getName())));
    }

    private static String verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(one -> one.annotationType().getAnnotation(HttpMethod.class))
                .filter(one -> one != null)
                .map(HttpMethod::value)
                .findFirst()
                .orElseThrow();
    }

    private static String path(Method method) {
        var below = Optional.ofNullable(method.getAnnotation(Path.class)).map(Path::value).orElse("");
        var base = method.getDeclaringClass().getAnnotation(Path.class).value();
        return below.isEmpty() || below.startsWith("/") ? base + below : base + "/" + below;
    }

    private static Set<Role> roles(Method method) {
        return Optional.ofNullable(method.getAnnotation(AllowedTo.class))
                .or(() -> Optional.ofNullable(method.getDeclaringClass().getAnnotation(AllowedTo.class)))
                .map(allowed -> Set.of(allowed.value()))
                .orElse(Set.of());
    }

    /** What no annotation explains is the body (Jakarta REST 3.1, 3.3.2.1). */
    private static boolean takesBody(Method method) {
        return Arrays.stream(method.getParameterAnnotations())
                .anyMatch(annotations -> Arrays.stream(annotations)
                        .noneMatch(one -> one.annotationType().getName().startsWith("jakarta.ws.rs")));
    }

    private static Stream<Endpoint> fhir(JavaClass type) {
        return type.getMethods()
                .stream()
                .filter(method -> INTERACTIONS.stream().anyMatch(method::isAnnotatedWith))
                .map(method -> other("FHIR " + type.getSimpleName() + "." + method.getName(),
                        where(type, method.getName())));
    }

    private static Stream<Endpoint> servlet(JavaClass type) {
        return type.tryGetAnnotationOfType(WebServlet.class)
                .map(servlet -> Arrays.stream(servlet.urlPatterns())
                        .map(pattern -> other("SERVLET " + pattern, type.getName())))
                .orElse(Stream.of());
    }

    private static Stream<Endpoint> socket(JavaClass type) {
        return type.tryGetAnnotationOfType(ServerEndpoint.class)
                .map(endpoint -> Stream.of(other("SOCKET " + endpoint.value(), type.getName())))
                .orElse(Stream.of());
    }

    private static Stream<Endpoint> handler(JavaClass type) {
        return type.isAssignableTo(LiveHandler.class) && !type.isInterface()
                ? Stream.of(other("SOCKET " + type.getSimpleName(), type.getName()))
                : Stream.of();
    }

    private static Endpoint other(String name, String where) {
        return new Endpoint(name, Set.of(), false, where);
    }

    private static String where(JavaClass type, String method) {
        return type.getName() + "." + method;
    }
}
