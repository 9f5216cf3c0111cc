// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The data folder that clinics are brought up in: gets the keys and the order, which the server carries out at its start; is left as it was when nothing came of it. */
final class RestoreFolder {

    private static final List<String> KEYS = List.of("root.json", "backup.json", "log.key");
    /** What may be in a folder in which no server was started yet. */
    private static final Set<String> BEFOREHAND = Set.of("sluse.properties", "jvm.options", "plugins", "witness",
            "logs");

    private final DataFolder data;
    /** Names of what was there before; empty for the folder of an installation. */
    private final Optional<Set<String>> fresh;
    private final boolean existed;

    private RestoreFolder(DataFolder data, Optional<Set<String>> fresh) {
        this.data = data;
        this.fresh = fresh;
        this.existed = Files.exists(data.path());
    }

    /**
     * Lays keys and order into the folder.
     *
     * @throws StoppedShortException with a sentence when keys are missing, the place is not there, or the folder belongs to something else; it is as it was then
     */
    static RestoreFolder prepare(DataFolder data, Optional<Path> keys, String place, Optional<String> tenant,
            Optional<String> backup) {
        var from = keys.orElseThrow(() -> StoppedShortException.refused(
                "Without the keys nobody can read a backup; right would be --keys DIR with root.json, backup.json and log.key, which lie in 'keys' of the data folder that it was made from."));
        KEYS.forEach(key -> require(Files.isRegularFile(from.resolve(key)),
                "%s is missing; right would be 'keys' of the data folder that the backup was made from."
                        .formatted(from.resolve(key))));
        require(BackupPlace.isThere(place),
                "The backup place %s is not there; right would be the folder with a folder for each clinic."
                        .formatted(place));
        require(backup.isEmpty() || tenant.isPresent(),
                "--backup names one of a tenant's backups; right would be the tenant's id before it.");
        try {
            var folder = new RestoreFolder(data, before(data, from));
            data.prepare();
            folder.lay(from, place, tenant, backup);
            return folder;
        } catch (IOException unwritable) {
            throw StoppedShortException
                    .cannotStart(
                            "%s cannot be written; right would be to run this as its owner.".formatted(data.path()));
        }
    }

    private static Optional<Set<String>> before(DataFolder data, Path from) throws IOException {
        if (!Files.exists(data.path())) {
            return Optional.of(Set.of());
        }
        if (Files.exists(data.path().resolve("keys"))) {
            for (var key : KEYS) {
                var there = data.path().resolve("keys").resolve(key);
                require(Files.exists(there) && Arrays.equals(Files.readAllBytes(there),
                        Files.readAllBytes(from.resolve(key))),
                        "%s is the folder of another installation; right would be one in which no server was started yet."
                                .formatted(data.path()));
            }
            return Optional.empty();
        }
        try (var files = Files.list(data.path())) {
            var names = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            require(BEFOREHAND.containsAll(names),
                    "%s is in use for something else; right would be a folder that is not there yet, or has sluse.properties, jvm.options, plugins and witness only."
                            .formatted(data.path()));
            return Optional.of(names);
        }
    }

    private void lay(Path from, String place, Optional<String> tenant, Optional<String> backup) throws IOException {
        if (fresh.isPresent()) {
            var keys = Files.createDirectories(data.path().resolve("keys"));
            // Whatever else has a key there needs it too.
            try (var files = Files.newDirectoryStream(from, Files::isRegularFile)) {
                for (var key : files) {
                    var laid = keys.resolve(key.getFileName().toString());
                    DataFolder.createPrivate(laid);
                    Files.write(laid, Files.readAllBytes(key));
                }
            }
        }
        var order = Json.createObjectBuilder().add("place", BackupPlace.address(place));
        tenant.ifPresent(id -> order.add("clinic", id));
        backup.ifPresent(id -> order.add("backup", id));
        var text = order.build().toString();
        // Of the same order that was cut off, it says where to go on.
        if (!order(data).read().equals(Optional.of(text))) {
            result(data).remove();
        }
        order(data).write(text);
    }

    private static DataFolder.Note order(DataFolder data) {
        return new DataFolder.Note(data.path().resolve("restore.json"));
    }

    private static DataFolder.Note result(DataFolder data) {
        return new DataFolder.Note(data.path().resolve("restored.json"));
    }

    /** What became of the order; empty when the server did not come to it. */
    Optional<JsonObject> result() {
        return result(data).read().map(text -> Http.json(text).asJsonObject());
    }

    /** Leaves the folder as it was; its log stays when nothing else says why. @return what is to be said about it */
    StoppedShortException undo(StoppedShortException notStarted) {
        var sentences = result().map(one -> one.getJsonArray("refused")
                .getValuesAs(JsonString.class)
                .stream()
                .map(JsonString::getString)
                .collect(Collectors.joining("%n       ".formatted())));
        order(data).remove();
        fresh.ifPresent(before -> empty(before, sentences.isEmpty()));
        return sentences.filter(text -> !text.isEmpty()).map(StoppedShortException::refused).orElse(notStarted);
    }

    private void empty(Set<String> before, boolean keepsLog) {
        try (var files = Files.list(data.path())) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                if (!before.contains(name) && !(keepsLog && name.equals("logs"))) {
                    delete(file);
                }
            }
            if (!existed && !keepsLog) {
                Files.delete(data.path());
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private static void delete(Path path) throws IOException {
        try (var paths = Files.walk(path)) {
            for (var one : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw StoppedShortException.refused(otherwise);
        }
    }
}
