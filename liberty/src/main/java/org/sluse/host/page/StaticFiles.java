// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sluse.host.config.OnePerNode;

/** Files of pages as they lie in the jars: {@code META-INF/sluse/<owner>/}, and Lit's own. Read once. */
@OnePerNode
final class StaticFiles {

    private static final Pattern NAME = Pattern
            .compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_.-]+)*\\.(js|css|svg)|[A-Za-z0-9_-]+\\.(js|css|svg)");
    private static final Map<String, String> TYPES = Map.of("js", "text/javascript;charset=UTF-8", "css",
            "text/css;charset=UTF-8", "svg", "image/svg+xml");
    /** Where the version of a library is part of the path in its jar. */
    private static final Map<String, String> LIT = Map.of("lit", "lit/3.3.3", "lit-html", "lit-html/3.3.3",
            "lit-element", "lit-element/4.2.2", "reactive-element",
            "reactive-element/2.1.2");

    /** What is there; never a name that is not, for names cost whoever asks nothing. */
    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    /** A file with its media type. */
    record StaticFile(byte[] bytes, String type) {}

    /** @param owner the kit, a plugin, or {@code lit} */
    Optional<StaticFile> find(String owner, String name) {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            return Optional.empty();
        }
        return Optional.ofNullable(read.computeIfAbsent(owner + "/" + name, key -> read(path(owner, name))))
                .map(bytes -> new StaticFile(bytes,
                        TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream")));
    }

    private static String path(String owner, String name) {
        if (!owner.equals("lit")) {
            return "/META-INF/sluse/" + owner + "/" + name;
        }
        var slash = Math.max(0, name.indexOf('/'));
        return "/META-INF/resources/_static/" + LIT.getOrDefault(name.substring(0, slash), "none")
                + name.substring(slash);
    }

    private static byte @Nullable [] read(String path) {
        try (var stream = StaticFiles.class.getResourceAsStream(path)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
