// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sluse.epr.assessment.Instrument.Band;
import org.sluse.epr.assessment.Instrument.Choice;
import org.sluse.epr.assessment.Instrument.Code;
import org.sluse.epr.assessment.Instrument.Item;
import org.sluse.epr.assessment.Instrument.Safety;
import org.sluse.epr.assessment.Instrument.Scoring;

/**
 * Reads the files of the catalogue, one for each version of an instrument:
 * <pre>
 * {"source": where each code and number comes from, for whoever reads the file,
 *  "id", "version", "title", "system": code system of panel, total, items and bands,
 *  "panel": code, "total": {"code", "display"}, "notice", "stem": {language: text},
 *  "answers": {name: {"system", "choices": [{"code", "points", "text": {language: text}}]}},
 *  "items": [{"linkId": also the code, "answers": name, "text": {language: text}, "reversed": true where it is scored in reverse}],
 *  "safety": {"item", "from"}, "factor": 1 unless given, "mayBeMissing": 0 unless given, "change",
 *  "bands": [{"from", "name", "english", "code"}], "refused": [{"system", "code"}]}
 * </pre>
 */
final class InstrumentReader {

    private InstrumentReader() {}

    /** The names of all files, in the order of the catalogue. */
    static List<Instrument> catalogue() {
        try (var stream = open("catalogue"); var reader = Json.createReader(stream)) {
            return reader.readArray().getValuesAs(JsonString::getString).stream().map(InstrumentReader::read).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Instrument read(String name) {
        try (var stream = open(name); var reader = Json.createReader(stream)) {
            return instrument(reader.readObject());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static InputStream open(String name) {
        var stream = InstrumentReader.class.getResourceAsStream(name + ".json");
        if (stream == null) {
            throw new IllegalStateException("The catalogue names '" + name + "', and there is no such file");
        }
        return stream;
    }

    private static Instrument instrument(JsonObject file) {
        var system = file.getString("system");
        var total = file.getJsonObject("total");
        var items = file.getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(item -> item(item, system, file.getJsonObject("answers")))
                .toList();
        return new Instrument(file.getString("id"), file.getString("version"), file.getString("title"),
                code(file, "panel", system),
                new Code(system, total.getString("code"), total.getString("display")), texts(file, "stem"), items,
                scoring(file, system, items),
                Optional.ofNullable(file.getJsonObject("safety"))
                        .map(rule -> new Safety(rule.getString("item"), rule.getInt("from"))),
                refused(file), file.getString("notice"));
    }

    private static Item item(JsonObject item, String system, JsonObject answers) {
        var list = answers.getJsonObject(item.getString("answers"));
        var choices = list.getJsonArray("choices")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(choice -> new Choice(new Code(list.getString("system"), choice.getString("code"), ""),
                        choice.getInt("points"), texts(choice, "text")))
                .toList();
        return new Item(item.getString("linkId"), new Code(system, item.getString("linkId"), ""),
                item.getBoolean("reversed", false) ? reversed(choices) : choices, texts(item, "text"));
    }

    /** The answer that the form prints first counts as the last one does elsewhere. */
    private static List<Choice> reversed(List<Choice> choices) {
        var ends = choices.getFirst().points() + choices.getLast().points();
        return choices.stream().map(one -> new Choice(one.code(), ends - one.points(), one.text())).toList();
    }

    private static Scoring scoring(JsonObject file, String system, List<Item> items) {
        var factor = file.getInt("factor", 1);
        return new Scoring(factor, file.getInt("mayBeMissing", 0),
                factor * items.stream().mapToInt(Item::largest).sum(),
                file.getJsonArray("bands")
                        .getValuesAs(JsonObject.class)
                        .stream()
                        .map(band -> new Band(band.getInt("from"), band.getString("name"), band.getString("english"),
                                code(band, "code", system)))
                        .toList(),
                file.containsKey("change") ? Optional.of(file.getInt("change")) : Optional.empty());
    }

    private static Set<Code> refused(JsonObject file) {
        return file.getOrDefault("refused", JsonValue.EMPTY_JSON_ARRAY)
                .asJsonArray()
                .getValuesAs(JsonObject.class)
                .stream()
                .map(one -> new Code(one.getString("system"), one.getString("code"), ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Code> code(JsonObject in, String name, String system) {
        return Optional.ofNullable(in.getString(name, null)).map(code -> new Code(system, code, ""));
    }

    private static Map<String, String> texts(JsonObject in, String name) {
        return in.getJsonObject(name)
                .entrySet()
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey,
                        text -> ((JsonString) text.getValue()).getString()));
    }
}
