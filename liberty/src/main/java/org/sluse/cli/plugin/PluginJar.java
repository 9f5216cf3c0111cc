// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli.plugin;

import static org.sluse.cli.plugin.LeftOut.Reason.API_LEVEL;
import static org.sluse.cli.plugin.LeftOut.Reason.DUPLICATE_ID;
import static org.sluse.cli.plugin.LeftOut.Reason.JAVA_LEVEL;
import static org.sluse.cli.plugin.LeftOut.Reason.NOT_A_PLUGIN;
import static org.sluse.cli.plugin.LeftOut.Reason.NO_BEANS_XML;
import static org.sluse.cli.plugin.LeftOut.Reason.NO_PLUGIN_BEAN;
import static org.sluse.cli.plugin.LeftOut.Reason.PACKAGES;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/**
 * A plugin's jar that holds to every rule which can be seen from outside.
 *
 * @param file where it lies
 * @param id the plugin's
 * @param root the package of the plugin's bean; every class of the jar lies in it or below
 * @param classes names of all its classes
 */
record PluginJar(Path file, String id, String root, Set<String> classes) {

    /** The manifest's attribute with the plugin's id. */
    static final String ID = "Sluse-Plugin";
    /** The manifest's attribute with the version of platform-api that the plugin was built against. */
    static final String API = "Sluse-Api";

    private static final String CONTRACT = "org.sluse.plugin.Plugin";
    /** Names of the host's own: its schemas, its folders of pages, its addresses. */
    private static final Set<String> RESERVED = Set.of("api", "control", "core", "fhir", "health", "kit", "lit",
            "metrics", "openapi", "operate", "public", "sandbox", "ui", "ws");
    private static final Pattern ID_FORM = Pattern.compile("[a-z][a-z0-9]{1,19}");
    /** The name of its file. */
    String name() {
        return file.getFileName().toString();
    }

    /** @throws RefusedException at the first rule that it does not hold to */
    static PluginJar read(Path file, Host host) {
        try (var jar = new JarFile(file.toFile())) {
            var id = requireAttributes(jar, host);
            var entries = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(java.util.zip.ZipEntry::getName)
                    .sorted()
                    .toList();
            var classes = classes(jar, entries);
            requireBeansXml(jar);
            var root = root(classes);
            new JarRules(id, root, classes, entries).require(host);
            return new PluginJar(file, id, root,
                    classes.stream().map(ScannedClass::name).collect(Collectors.toUnmodifiableSet()));
        } catch (IOException | SecurityException unreadable) {
            throw new RefusedException(NOT_A_PLUGIN, "The file is not a whole jar; right would be to copy it again");
        }
    }

    /** The id that a jar gives itself, whatever else is wrong with it. */
    static Optional<String> idOf(Path file) {
        try (var jar = new JarFile(file.toFile())) {
            return attribute(jar, ID).filter(ID_FORM.asMatchPredicate());
        } catch (IOException | SecurityException unreadable) {
            return Optional.empty();
        }
    }

    /** An attribute of the manifest. */
    static Optional<String> attribute(JarFile jar, String name) {
        try {
            return Optional.ofNullable(jar.getManifest())
                    .map(manifest -> manifest.getMainAttributes().getValue(name))
                    .map(String::strip);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String requireAttributes(JarFile jar, Host host) {
        var id = attribute(jar, ID).filter(ID_FORM.asMatchPredicate())
                .orElseThrow(() -> new RefusedException(NOT_A_PLUGIN, "Its manifest has no attribute '" + ID
                        + "'; right would be the plugin's id, 2 to 20 lower-case letters and digits"));
        if (RESERVED.contains(id)) {
            throw new RefusedException(DUPLICATE_ID,
                    "'" + id + "' is a name of the server's own; right would be another id");
        }
        var version = attribute(jar, API).orElse("");
        var built = ApiLevel.of(version)
                .orElseThrow(() -> new RefusedException(NOT_A_PLUGIN, "Its manifest has no attribute '" + API
                        + "'; right would be the version of platform-api that it was built against"));
        if (!host.api().carries(built)) {
            throw new RefusedException(API_LEVEL, "It was built for platform-api " + version + " and this server has "
                    + host.api() + "; right would be a jar that was built for " + host.api());
        }
        if (host.plugins().contains(id)) {
            throw new RefusedException(DUPLICATE_ID,
                    "The server has a plugin '" + id + "' of its own; right would be another id");
        }
        return id;
    }

    private static List<ScannedClass> classes(JarFile jar, List<String> entries) throws IOException {
        var classes = new ArrayList<ScannedClass>();
        for (var entry : entries) {
            if (entry.endsWith(".class") && !entry.endsWith("module-info.class")) {
                try (var bytes = jar.getInputStream(jar.getJarEntry(entry))) {
                    var one = ScannedClass.of(bytes.readAllBytes());
                    if (one.javaLevel() > Runtime.version().feature()) {
                        throw new RefusedException(JAVA_LEVEL, "Class " + one.name() + " was compiled for Java "
                                + one.javaLevel() + " and the server runs on " + Runtime.version().feature()
                                + "; right would be to compile for that");
                    }
                    classes.add(one);
                } catch (IllegalArgumentException broken) {
                    throw new RefusedException(NOT_A_PLUGIN,
                            "'" + entry + "' is not a class; right would be to build the jar again");
                }
            }
        }
        return classes;
    }

    /** An empty one, or none, would leave the plugin's beans unseen. */
    private static void requireBeansXml(JarFile jar) throws IOException {
        var file = jar.getJarEntry("META-INF/beans.xml");
        var right = "; right would be one with bean-discovery-mode=\"annotated\"";
        if (file == null) {
            throw new RefusedException(NO_BEANS_XML, "There is no META-INF/beans.xml" + right);
        }
        var reading = XMLInputFactory.newDefaultFactory();
        reading.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        reading.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (var bytes = jar.getInputStream(file)) {
            var xml = reading.createXMLStreamReader(new ByteArrayInputStream(bytes.readAllBytes()));
            xml.nextTag();
            if (!"annotated".equals(xml.getAttributeValue(null, "bean-discovery-mode"))) {
                throw new RefusedException(NO_BEANS_XML,
                        "META-INF/beans.xml does not say which classes are beans" + right);
            }
        } catch (XMLStreamException notXml) {
            throw new RefusedException(NO_BEANS_XML, "META-INF/beans.xml is not XML" + right);
        }
    }

    private static String root(List<ScannedClass> classes) {
        var found = classes.stream().filter(one -> one.concrete() && one.interfaces().contains(CONTRACT)).toList();
        if (found.size() != 1) {
            throw new RefusedException(NO_PLUGIN_BEAN,
                    found.size() + " classes implement " + CONTRACT + "; right would be exactly one");
        }
        if (!found.getFirst().has("jakarta.enterprise.context.ApplicationScoped")) {
            throw new RefusedException(NO_PLUGIN_BEAN,
                    found.getFirst().name() + " is no bean; right would be @ApplicationScoped");
        }
        return found.getFirst().packageName();
    }

    /** Whether {@code inner} is {@code outer} or below it. */
    static boolean lies(String inner, String outer) {
        return inner.equals(outer) || inner.startsWith(outer + ".");
    }

    /** What two jars of the folder have in common and must not, as causes by jar; neither is the right one. */
    static Map<PluginJar, RefusedException> clashes(List<PluginJar> jars) {
        var causes = new HashMap<PluginJar, RefusedException>();
        for (var one : jars) {
            for (var other : jars) {
                if (one.file().equals(other.file())) {
                    continue;
                }
                if (one.id().equals(other.id())) {
                    causes.put(one, new RefusedException(DUPLICATE_ID, "'" + other.name() + "' has the id '" + one.id()
                            + "' too; right would be one jar with it"));
                } else if (lies(one.root(), other.root()) || lies(other.root(), one.root())) {
                    causes.put(one, new RefusedException(PACKAGES, "Its package " + one.root() + " overlaps "
                            + other.root() + " of '" + other.name() + "'; right would be packages apart"));
                }
            }
        }
        return causes;
    }
}
