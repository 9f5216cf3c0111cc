// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli.plugin;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** A plugin as its author writes it: files, of which those in Java are compiled. Each change gives another one. */
public record PluginSource(Map<String, String> attributes, Map<String, String> files) {

    /** What has been compiled, by its sources: javac takes longer than everything else here. */
    private static final Map<Map<String, String>, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();
    private static final List<String> LANGUAGES = List.of("nb", "de", "en");

    public PluginSource {
        attributes = Map.copyOf(attributes);
        files = Map.copyOf(files);
    }

    /** A plugin to which nobody can object: the package is {@code org.example.<id>}, its bean {@code Its}, its one resource at {@code things}. */
    public static PluginSource sound(String id) {
        var files = new TreeMap<String, String>();
        files.put("META-INF/beans.xml", """
                <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>""");
        LANGUAGES.forEach(language -> files.put("META-INF/sluse/" + id + "/messages_" + language + ".properties", """
                module.name=Things
                module.purpose=Keeps things
                activity.purpose=Keeping things
                activity.subjects=Nobody
                activity.data=Things
                activity.retention=A day
                activity.legal-basis=None is needed
                kept.things=Things
                kept.until.asked=Until somebody asks
                """));
        files.put("db/" + id + "/flyway.location", "");
        files.put("db/" + id + "/V001__things.sql", "create table thing (id text primary key);");
        files.put("Its.java",
                """
                        package org.example.ID;

                        import jakarta.enterprise.context.ApplicationScoped;
                        import java.util.List;
                        import org.sluse.data.DataMap;
                        import org.sluse.data.KeptCategory;
                        import org.sluse.data.KeptTable;
                        import org.sluse.data.RetentionPeriod;
                        import org.sluse.disclosure.Recipient;
                        import org.sluse.plugin.Activity;
                        import org.sluse.plugin.Plugin;
                        import org.sluse.plugin.PluginId;

                        @ApplicationScoped
                        public class Its implements Plugin<Its.Settings> {
                            public record Settings() {}
                            public PluginId id() { return new PluginId("ID"); }
                            public Class<Settings> settingsType() { return Settings.class; }
                            public Activity activity() {
                                return new Activity("activity.purpose", "activity.subjects", "activity.data", "activity.retention",
                                        "activity.legal-basis");
                            }
                            public DataMap dataMap() {
                                return DataMap.of(KeptTable.of("thing", "kept.things", new RetentionPeriod.Until("kept.until.asked"))
                                        .plain(KeptCategory.NONE, "id"));
                            }
                            public List<Recipient> recipients(Settings settings) { return List.of(); }
                        }
                        """
                        .replace("ID", id));
        files.put("Things.java", """
                package org.example.ID;

                import jakarta.enterprise.context.RequestScoped;
                import jakarta.inject.Inject;
                import jakarta.ws.rs.GET;
                import jakarta.ws.rs.Path;
                import org.sluse.actor.AllowedTo;
                import org.sluse.actor.Role;
                import org.sluse.audit.AuditEntry;
                import org.sluse.data.TenantDatabase;
                import org.sluse.plugin.OfPlugin;

                @Path("/{tenant}/ID/things")
                @OfPlugin("ID")
                @AllowedTo(Role.ANYONE)
                @RequestScoped
                public class Things {
                    @Inject
                    TenantDatabase database;

                    @GET
                    public String count() {
                        return database.inTransaction(AuditEntry.list("Thing"),
                                tx -> tx.handle().createQuery("select count(*) from thing").mapTo(String.class).one());
                    }
                }
                """.replace("ID", id));
        return new PluginSource(Map.of("Sluse-Plugin", id, "Sluse-Api", "0.1.0"), files);
    }

    /** The same with another attribute in its manifest. */
    public PluginSource attribute(String name, String value) {
        var changed = new TreeMap<>(attributes);
        changed.put(name, value);
        return new PluginSource(changed, files);
    }

    /** The same without this attribute. */
    public PluginSource withoutAttribute(String name) {
        var changed = new TreeMap<>(attributes);
        changed.remove(name);
        return new PluginSource(changed, files);
    }

    /** The same with this file, too or instead. */
    public PluginSource with(String file, String content) {
        var changed = new TreeMap<>(files);
        changed.put(file, content);
        return new PluginSource(attributes, changed);
    }

    /** The same without this file. */
    public PluginSource without(String file) {
        var changed = new TreeMap<>(files);
        changed.remove(file);
        return new PluginSource(attributes, changed);
    }

    /** The same with other words in one of its files. */
    public PluginSource edited(String file, String words, String others) {
        var before = files.getOrDefault(file, "");
        if (!before.contains(words)) {
            throw new IllegalArgumentException("'" + file + "' does not hold '" + words + "'");
        }
        return with(file, before.replace(words, others));
    }

    /** Builds the jar with what is on the class path of the tests. */
    public Path jar(Path target) {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach(manifest.getMainAttributes()::putValue);
        try {
            Files.createDirectories(target.getParent());
            try (var jar = new JarOutputStream(Files.newOutputStream(target), manifest)) {
                for (var file : files.entrySet()) {
                    if (!isJava(file.getKey())) {
                        put(jar, file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
                    }
                }
                for (var file : COMPILED.computeIfAbsent(sources(), PluginSource::compile).entrySet()) {
                    put(jar, file.getKey(), file.getValue());
                }
            }
            return target;
        } catch (IOException cannotWrite) {
            throw new UncheckedIOException(cannotWrite);
        }
    }

    private static boolean isJava(String file) {
        return file.endsWith(".java");
    }

    private Map<String, String> sources() {
        return files.entrySet()
                .stream()
                .filter(file -> isJava(file.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, byte[]> compile(Map<String, String> sources) {
        if (sources.isEmpty()) {
            return Map.of();
        }
        var javac = ToolProvider.getSystemJavaCompiler();
        var errors = new StringWriter();
        try (var manager = javac.getStandardFileManager(null, null, null)) {
            var work = Files.createTempDirectory("plugin");
            var classes = Files.createDirectory(work.resolve("classes"));
            var files = new ArrayList<Path>();
            for (var source : sources.entrySet()) {
                files.add(Files.writeString(work.resolve(source.getKey()), source.getValue()));
            }
            var options = List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"), "-d",
                    classes.toString());
            if (!javac.getTask(errors, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call()) {
                throw new IllegalArgumentException(errors.toString());
            }
            var compiled = new TreeMap<String, byte[]>();
            try (var found = Files.walk(classes)) {
                for (var file : found.filter(Files::isRegularFile).toList()) {
                    compiled.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
            return compiled;
        } catch (IOException cannotWrite) {
            throw new UncheckedIOException(cannotWrite);
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }
}
