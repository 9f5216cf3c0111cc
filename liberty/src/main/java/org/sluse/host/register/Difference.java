// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.sluse.host.text.Language;

/** What two states of a register differ in. */
final class Difference {

    /** What became of an entry. */
    public enum Kind {
        ADDED, REMOVED, CHANGED
    }

    /** Which part of the register an entry belongs to. */
    public enum Part {
        ACTIVITY, RECIPIENT, CONTROLLER, MEASURES
    }

    /** A field of an entry, by its key, for example {@code retention}. */
    public record Field(String name, String before, String after) {}

    /**
     * An entry that differs.
     *
     * @param fields those that differ; empty when it was added or removed
     */
    public record Change(Kind kind, Part part, String name, List<Field> fields) {}

    private record Key(Part part, String id) {}

    private record Entry(String name, Map<String, String> fields) {}

    private Difference() {}

    /** Removed and changed entries in their old order, then added ones in their new. */
    static List<Change> between(RegisterDocument before, RegisterDocument after, Language language) {
        var old = entries(before, language);
        var young = entries(after, language);
        var keys = new LinkedHashSet<>(old.keySet());
        keys.addAll(young.keySet());
        var changes = new ArrayList<Change>();
        for (var key : keys) {
            var was = old.get(key);
            var is = young.get(key);
            if (was == null && is != null) {
                changes.add(new Change(Kind.ADDED, key.part(), is.name(), List.of()));
            } else if (was != null && is == null) {
                changes.add(new Change(Kind.REMOVED, key.part(), was.name(), List.of()));
            } else if (was != null && is != null && !was.equals(is)) {
                changes.add(new Change(Kind.CHANGED, key.part(), is.name(), fields(was, is)));
            }
        }
        return changes;
    }

    private static List<Field> fields(Entry was, Entry is) {
        return is.fields()
                .entrySet()
                .stream()
                .filter(field -> !field.getValue().equals(was.fields().get(field.getKey())))
                .map(field -> new Field(field.getKey(), was.fields().getOrDefault(field.getKey(), ""),
                        field.getValue()))
                .toList();
    }

    private static Map<Key, Entry> entries(RegisterDocument document, Language language) {
        var entries = new LinkedHashMap<Key, Entry>();
        var controller = document.controller();
        entries.put(new Key(Part.CONTROLLER, ""), new Entry(document.clinic(),
                Map.of("controller.name", controller.name(), "controller.address", controller.address(),
                        "controller.contact", controller.contact(), "controller.representative",
                        controller.representative(), "controller.officer", controller.officer())));
        for (var activity : document.activities()) {
            var manifest = activity.manifest();
            entries.put(new Key(Part.ACTIVITY, activity.module()), new Entry(manifest.name().in(language),
                    Map.of("purpose", manifest.purpose().in(language), "subjects", manifest.subjects().in(language),
                            "data", manifest.data().in(language), "retention", manifest.retention().in(language),
                            "legalBasis", manifest.legalBasis().in(language))));
            activity.recipients().forEach(one -> put(entries, activity.module(), one, language));
        }
        document.always().forEach(one -> put(entries, "", one, language));
        entries.put(new Key(Part.MEASURES, ""), new Entry("", Map.of("measures",
                String.join("\n", document.measures().stream().map(words -> words.in(language)).toList()))));
        return entries;
    }

    private static void put(Map<Key, Entry> entries, String module, RegisterDocument.RecipientEntry one,
            Language language) {
        entries.put(new Key(Part.RECIPIENT, module + "/" + one.id()), new Entry(one.name(),
                Map.of("recipient", one.name(), "address", one.address(), "country", one.country(), "service",
                        one.service().in(language), "processing", one.processing().in(language), "legalBasis",
                        one.legalBasis().in(language), "transfer",
                        one.transfer().map(words -> words.in(language)).orElse(""))));
    }
}
