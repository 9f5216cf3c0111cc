// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.text;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.sluse.host.config.OnePerNode;

/** The bundles of the house. Thread-safe. */
@OnePerNode
public final class Texts {

    /** Name of the host's own bundle. */
    public static final String KIT = "kit";

    private final Map<String, Map<String, String>> bundles = new ConcurrentHashMap<>();

    /** A whole bundle, by key; empty when there is none of this name. */
    public Map<String, String> bundle(String name, Language language) {
        return bundles.computeIfAbsent(name + "_" + language.code(),
                file -> read("/META-INF/sluse/" + name + "/messages_" + language.code() + ".properties"));
    }

    /** The sentence of the bundle {@code name}; the key itself when it is missing, which a test of each bundle rules out. */
    public String text(String name, String key, Language language) {
        return bundle(name, language).getOrDefault(key, key);
    }

    /** The sentence with its <code>{arguments}</code> filled in. */
    public String text(String name, String key, Map<String, String> arguments, Language language) {
        var text = text(name, key, language);
        for (var argument : arguments.entrySet()) {
            text = text.replace("{" + argument.getKey() + "}", argument.getValue());
        }
        return text;
    }

    private static Map<String, String> read(String file) {
        try (var stream = Texts.class.getResourceAsStream(file)) {
            if (stream == null) {
                return Map.of();
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
            var map = new TreeMap<String, String>();
            properties.forEach((key, value) -> map.put((String) key, (String) value));
            return map;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
