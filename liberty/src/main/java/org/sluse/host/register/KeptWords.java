// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sluse.data.DataMap;
import org.sluse.data.KeptCategory;
import org.sluse.data.KeptColumn;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod;
import org.sluse.host.data.HostTables;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.plugin.Plugin;
import org.sluse.settings.Setting;

/**
 * Which data of people a plugin keeps and for how long, in words: what its data map says, so that the register has what the host keeps to, beside what the plugin says itself.
 */
final class KeptWords {

    private final Texts texts;

    /**
     * A column of a clinic's database.
     *
     * @param module id of the module, or {@code core} for the host
     * @param person the column by which the person is found, after the table that it refers to; empty where a row is nobody's
     */
    record Row(String module, String table, String column, KeptCategory category, String purpose, String retention,
            boolean sealed, String person) {}

    KeptWords(Texts texts) {
        this.texts = texts;
    }

    /** Which categories of data (GDPR Art. 30(1)(c)). */
    String data(Plugin<?> plugin, Language language) {
        var categories = personal(plugin).stream()
                .flatMap(table -> table.columns().stream())
                .map(KeptColumn::category)
                .filter(KeptCategory::isPersonal)
                .collect(Collectors.toCollection(TreeSet::new));
        var own = own(plugin, plugin.activity().data(), language);
        return categories.isEmpty()
                ? own
                : own + categories.stream()
                        .map(one -> texts.text(Texts.KIT, "category." + one.name(), language))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /** How long what is kept (Art. 30(1)(f)). */
    String retention(Plugin<?> plugin, Language language) {
        Map<String, Set<String>> periods = new LinkedHashMap<>();
        personal(plugin).forEach(table -> period(plugin, table.retention(), language).ifPresent(
                period -> periods.computeIfAbsent(own(plugin, table.purposeKey(), language), _ -> new LinkedHashSet<>())
                        .add(period)));
        var mapped = periods.entrySet()
                .stream()
                .map(one -> one.getKey() + ": " + String.join(", ", one.getValue()));
        return Stream.concat(mapped, Stream.of(own(plugin, plugin.activity().retention(), language)))
                .collect(Collectors.joining("; "));
    }

    /** Each column that the host keeps in a clinic's database, and that these plugins do. */
    List<Row> rows(List<Plugin<?>> plugins, Language language) {
        var host = rows(TenantDatabases.CORE.value(), HostTables.CORE,
                table -> said(Texts.KIT, table, language));
        return Stream.concat(host, plugins.stream().flatMap(plugin -> {
            var id = plugin.id().value();
            return Stream.concat(rows(id, plugin.dataMap(), table -> said(plugin, table, language)),
                    rows(id, HostTables.BESIDE_A_PLUGIN, table -> said(Texts.KIT, table, language)));
        })).toList();
    }

    private static Stream<Row> rows(String module, DataMap map, Function<KeptTable, Said> said) {
        return map.tables().stream().flatMap(table -> {
            var words = said.apply(table);
            var person = table.person().map(key -> key.table().map(other -> other + ", ").orElse("") + key.column());
            return table.columns()
                    .stream()
                    .map(column -> new Row(module, table.name(), column.name(), column.category(), words.purpose(),
                            words.retention(), column.sealed(), person.orElse("")));
        });
    }

    private record Said(String purpose, String retention) {}

    private Said said(Plugin<?> plugin, KeptTable table, Language language) {
        return new Said(own(plugin, table.purposeKey(), language),
                period(plugin, table.retention(), language).orElseGet(() -> with(language)));
    }

    /** Of a table of the host's own. */
    private Said said(String bundle, KeptTable table, Language language) {
        return new Said(texts.text(bundle, table.purposeKey(), language), switch (table.retention()) {
            case RetentionPeriod.After after -> after(after.days(), language);
            case RetentionPeriod.Until until -> texts.text(bundle, until.whenKey(), language);
            case RetentionPeriod.With _ -> with(language);
            case RetentionPeriod.AsSet set ->
                throw new IllegalStateException("The host has no setting '" + set.setting() + "'");
        });
    }

    private String with(Language language) {
        return texts.text(Texts.KIT, "retention.with", language);
    }

    /** Empty where a row goes with another. */
    private Optional<String> period(Plugin<?> plugin, RetentionPeriod retention, Language language) {
        return switch (retention) {
            case RetentionPeriod.After after -> Optional.of(after(after.days(), language));
            case RetentionPeriod.AsSet set -> Optional.of(asSet(bounds(plugin, set.setting()), language));
            case RetentionPeriod.Until until -> Optional.of(own(plugin, until.whenKey(), language));
            case RetentionPeriod.With _ -> Optional.empty();
        };
    }

    private String after(int days, Language language) {
        return texts.text(Texts.KIT, days == 1 ? "retention.after-a-day" : "retention.after",
                Map.of("days", Integer.toString(days)), language);
    }

    private String asSet(Setting bounds, Language language) {
        return texts.text(Texts.KIT, "retention.as-set",
                Map.of("days", bounds.byDefault(), "most", Integer.toString(bounds.max())), language);
    }

    private static Setting bounds(Plugin<?> plugin, String setting) {
        return Arrays.stream(plugin.settingsType().getRecordComponents())
                .filter(one -> one.getName().equals(setting))
                .map((RecordComponent one) -> one.getAnnotation(Setting.class))
                .findFirst()
                .orElseThrow();
    }

    private static List<KeptTable> personal(Plugin<?> plugin) {
        return plugin.dataMap()
                .tables()
                .stream()
                .filter(table -> table.columns().stream().anyMatch(column -> column.category().isPersonal()))
                .toList();
    }

    private String own(Plugin<?> plugin, String key, Language language) {
        return texts.text(plugin.id().value(), key, language);
    }
}
