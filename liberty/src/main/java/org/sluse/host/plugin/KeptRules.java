// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.plugin;

import java.util.Arrays;
import java.util.List;
import org.sluse.data.DataMap;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod;
import org.sluse.host.data.HostTables;
import org.sluse.host.plugin.PluginRegistry.Installed;
import org.sluse.settings.Setting;

/** What a plugin's data map needs beside being free of contradictions, so that the host can keep to it. */
final class KeptRules {

    private KeptRules() {
    }

    /**
     * Whether the host can keep to what the plugin says it stores.
     *
     * @param answering classes of the beans that export and erase a person's data, of all plugins
     * @throws IllegalArgumentException when it cannot
     */
    static void check(Installed plugin, List<? extends Class<?>> answering) {
        check(plugin.plugin().settingsType(), plugin.dataMap());
        var own = answering.stream().filter(plugin::owns).toList();
        if (plugin.dataMap().isOfPatients() && own.size() != 1) {
            throw new IllegalArgumentException("The plugin stores data about patients and has " + own.size()
                    + " beans that export and erase it; right would be one that implements SubjectData");
        }
    }

    /** @throws IllegalArgumentException when a table is the host's own, or a time of keeping is set by what is no number of days among the settings */
    static void check(Class<? extends Record> settings, DataMap map) {
        HostTables.BESIDE_A_PLUGIN.tables().forEach(table -> {
            if (map.find(table.name()).isPresent()) {
                throw new IllegalArgumentException("The data map has table '" + table.name()
                        + "', which the host keeps; right would be a map without it");
            }
        });
        map.tables().forEach(table -> check(settings, table));
    }

    private static void check(Class<? extends Record> settings, KeptTable table) {
        if (table.retention() instanceof RetentionPeriod.AsSet set
                && Arrays.stream(settings.getRecordComponents())
                        .filter(one -> one.getName().equals(set.setting()) && one.getType() == int.class)
                        .map(one -> one.getAnnotation(Setting.class))
                        .noneMatch(bounds -> bounds != null && bounds.min() >= 1)) {
            throw new IllegalArgumentException("Table '" + table.name() + "' is kept as setting '" + set.setting()
                    + "' says; right would be a component of the settings record of type int with a min of 1 or more");
        }
    }
}
