// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;

/** The settings of a plugin as a form for the console. A secret is never part of it; only whether it is set. */
@OnePerNode
public final class SettingsFields {

    private final SettingsStore store;
    private final Texts texts;

    @Inject
    SettingsFields(SettingsStore store, Texts texts) {
        this.store = store;
        this.texts = texts;
    }

    /**
     * The form.
     *
     * @param errors the plugin's own words for what is wrong with a value, by key ({@code error.<code>})
     */
    public record FormView(List<FieldView> fields, Map<String, String> errors) {}

    /**
     * One field.
     *
     * @param type {@code text}, {@code url}, {@code integer}, {@code boolean}, {@code choice} or {@code secret}
     * @param value what is in force, as text; absent for a secret
     * @param set whether the clinic has set it itself
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record FieldView(String name, String label, Optional<String> hint, String type, Optional<String> unit,
            int min, int max, List<OptionView> options,
            boolean required, Optional<String> value, boolean set) {}

    /** One possible value of a choice. */
    public record OptionView(String value, String label) {}

    /** The form with what the bound tenant has set. */
    public FormView of(Plugin<?> plugin, Language language) {
        var values = store.values(plugin.id());
        return new FormView(SettingsForm.of(plugin.settingsType()).fields().stream().map(field -> {
            var set = values.containsKey(field.name());
            var shown = field.kind() == SettingsForm.Kind.SECRET
                    ? Optional.<String>empty()
                    : Optional.of(values.getOrDefault(field.name(), field.bounds().byDefault()));
            var key = "setting." + field.name();
            return new FieldView(field.name(), texts.text(plugin.id().value(), key, language),
                    optional(plugin.id(), key + ".hint", language),
                    field.kind().name().toLowerCase(Locale.ROOT),
                    field.bounds().unit().isEmpty()
                            ? Optional.empty()
                            : optional(plugin.id(), field.bounds().unit(), language),
                    field.bounds().min(),
                    field.bounds().max(),
                    field.options()
                            .stream()
                            .map(option -> new OptionView(option,
                                    texts.text(plugin.id().value(), key + "." + option, language)))
                            .toList(),
                    !field.optional(), shown, set);
        }).toList(), errors(plugin.id(), language));
    }

    private Map<String, String> errors(PluginId plugin, Language language) {
        return texts.bundle(plugin.value(), language)
                .entrySet()
                .stream()
                .filter(text -> text.getKey().startsWith("error."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Optional<String> optional(PluginId plugin, String key, Language language) {
        return Optional.ofNullable(texts.bundle(plugin.value(), language).get(key));
    }
}
