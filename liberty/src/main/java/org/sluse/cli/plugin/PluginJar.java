// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli.plugin;

import static org.sluse.cli.plugin.LeftOut.Reason.API_LEVEL;
import static org.sluse.cli.plugin.LeftOut.Reason.DUPLICATE_ID;
import static org.sluse.cli.plugin.LeftOut.Reason.FILES;
import static org.sluse.cli.plugin.LeftOut.Reason.JAVA_LEVEL;
import static org.sluse.cli.plugin.LeftOut.Reason.MIGRATIONS;
import static org.sluse.cli.plugin.LeftOut.Reason.NOT_ALLOWED;
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
import java.util.TreeSet;
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
    /** Everything that a jar may have beside its classes, its own folder and its migrations. */
    private static final Pattern HARMLESS = Pattern
            .compile("META-INF/(MANIFEST\\.MF|INDEX\\.LIST|beans\\.xml|DEPENDENCIES|[^/]+\\.(SF|RSA|DSA|EC)"
                    + "|(LICENSE|NOTICE)[^/]*|maven/.+|sluse/.+)");
    private static final Pattern ID_FORM = Pattern.compile("[a-z][a-z0-9]{1,19}");
    private static final Pattern MIGRATION = Pattern.compile("V(\\d{3,})__[a-z0-9_]+\\.sql");
    /** Each would act beside the gate, for every clinic and every plugin. */
    private static final Set<String> NOT_FOR_PLUGINS = Set.of("jakarta.servlet.annotation.WebServlet",
            "jakarta.servlet.annotation.WebFilter", "jakarta.servlet.annotation.WebListener",
            "jakarta.websocket.server.ServerEndpoint", "jakarta.ws.rs.ext.Provider", "jakarta.ws.rs.ApplicationPath",
            "jakarta.enterprise.inject.Alternative", "jakarta.enterprise.inject.Specializes",
            "jakarta.decorator.Decorator", "org.eclipse.microprofile.health.Readiness",
            "org.eclipse.microprofile.health.Liveness", "org.eclipse.microprofile.health.Startup");
    /** Classes and packages by which data could leave beside the disclosure gate, and what is the host's own. */
    private static final Pattern OUT_OF_REACH = Pattern.compile(
            "(java\\.net\\.http|jakarta\\.ws\\.rs\\.client|jakarta\\.websocket\\.client|org\\.apache\\.hc|ca\\.uhn\\.fhir\\.rest\\.client"
                    + "|org\\.sluse\\.host)\\..*"
                    + "|java\\.net\\.(URL|InetAddress|Socket|ServerSocket|DatagramSocket|MulticastSocket|URLConnection|HttpURLConnection)"
                    + "|java\\.nio\\.channels\\.(Asynchronous)?(Server)?SocketChannel|java\\.nio\\.channels\\.DatagramChannel"
                    + "|javax\\.net\\..*|java\\.sql\\.DriverManager|java\\.lang\\.(ProcessBuilder|Runtime)");

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
            requirePackages(root, classes, host);
            requireFiles(id, entries);
            requireMigrations(id, entries);
            requireHarmless(id, classes, entries);
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

    /** By its package a class is known to be this plugin's. */
    private static void requirePackages(String root, List<ScannedClass> classes, Host host) {
        if (root.isEmpty()) {
            throw new RefusedException(PACKAGES,
                    "The plugin's bean lies in no package; right would be a package that nobody else has");
        }
        classes.stream()
                .filter(one -> !lies(one.packageName(), root))
                .findFirst()
                .ifPresent(stray -> {
                    throw new RefusedException(PACKAGES, "Class " + stray.name() + " lies outside of " + root
                            + ", the package of the plugin's bean; right would be to move it, and a library of others, below that package");
                });
        host.packages()
                .stream()
                .filter(theirs -> lies(theirs, root) || lies(root, theirs))
                .findFirst()
                .ifPresent(theirs -> {
                    throw new RefusedException(PACKAGES, "Package " + theirs
                            + " is the server's; right would be a package that nobody else has");
                });
    }

    /** Whether {@code inner} is {@code outer} or below it. */
    static boolean lies(String inner, String outer) {
        return inner.equals(outer) || inner.startsWith(outer + ".");
    }

    private static void requireFiles(String id, List<String> entries) {
        var own = "META-INF/sluse/" + id + "/";
        for (var entry : entries) {
            if (entry.startsWith("META-INF/sluse/") && !entry.startsWith(own)) {
                throw new RefusedException(FILES, "'" + entry + "' lies in another's folder; right would be " + own);
            }
        }
        for (var language : List.of("nb", "de", "en")) {
            if (!entries.contains(own + "messages_" + language + ".properties")) {
                throw new RefusedException(FILES,
                        "There is no " + own + "messages_" + language
                                + ".properties; right would be all of nb, de and en");
            }
        }
    }

    private static void requireMigrations(String id, List<String> entries) {
        var own = "db/" + id + "/";
        var versions = new HashMap<Integer, String>();
        for (var entry : entries) {
            if (!entry.startsWith("db/")) {
                continue;
            }
            var name = MIGRATION.matcher(entry.startsWith(own) ? entry.substring(own.length()) : "");
            if (!name.matches() && !entry.equals(own + "flyway.location")) {
                throw new RefusedException(MIGRATIONS,
                        "'" + entry + "' is no migration of '" + id + "'; right would be " + own
                                + "V001__what_it_makes.sql");
            }
            if (name.matches() && versions.put(Integer.parseInt(name.group(1)), entry) != null) {
                throw new RefusedException(MIGRATIONS, "Two migrations have the number " + name.group(1)
                        + "; right would be a number for each, counting up");
            }
        }
        if (versions.isEmpty() || !entries.contains(own + "flyway.location")) {
            throw new RefusedException(MIGRATIONS, "No migration would be found in " + own
                    + "; right would be at least V001__what_it_makes.sql beside an empty file flyway.location");
        }
    }

    private static void requireHarmless(String id, List<ScannedClass> classes, List<String> entries) {
        for (var entry : entries) {
            if (entry.startsWith("META-INF/") && !HARMLESS.matcher(entry).matches()) {
                throw new RefusedException(NOT_ALLOWED,
                        "'" + entry + "' would change the server for everybody; right would be a jar without it");
            }
        }
        for (var one : classes) {
            new TreeSet<>(one.annotations().keySet()).stream()
                    .filter(NOT_FOR_PLUGINS::contains)
                    .findFirst()
                    .ifPresent(annotation -> {
                        throw new RefusedException(NOT_ALLOWED, "Class " + one.name() + " has @" + annotation
                                + ", which only the host may; right would be a resource, a LiveHandler or a page");
                    });
            new TreeSet<>(one.uses()).stream().filter(OUT_OF_REACH.asMatchPredicate()).findFirst().ifPresent(used -> {
                throw new RefusedException(NOT_ALLOWED, "Class " + one.name() + " uses " + used
                        + ", which is not for plugins; right would be a port of platform-api");
            });
            requireOwnAddress(id, one);
        }
    }

    private static void requireOwnAddress(String id, ScannedClass resource) {
        resource.text("jakarta.ws.rs.Path", "value").ifPresent(path -> {
            var below = "/{tenant}/" + id;
            if (!resource.text("org.sluse.plugin.OfPlugin", "value").equals(Optional.of(id))
                    || !(path.equals(below) || path.startsWith(below + "/"))) {
                throw new RefusedException(NOT_ALLOWED, "Resource " + resource.name() + " is at '" + path
                        + "'; right would be @OfPlugin(\"" + id + "\") and a path below " + below);
            }
        });
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
