// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark.unruly;

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

/** The plugin's bean: nothing special. */
@ApplicationScoped
public class Unruly implements Plugin<Unruly.Settings> {

    /** Statements that make its table. */
    public static final String TABLES = """
            create table thing (id uuid primary key, at timestamptz not null, note jsonb not null);
            create index on thing (at);
            """;

    /** There is nothing to set. */
    public record Settings() {}

    @Override
    public PluginId id() {
        return new PluginId("unruly");
    }

    @Override
    public Class<Settings> settingsType() {
        return Settings.class;
    }

    @Override
    public Activity activity() {
        return new Activity("activity.purpose", "activity.subjects", "activity.data", "activity.retention",
                "activity.legal-basis");
    }

    @Override
    public DataMap dataMap() {
        return DataMap.of(KeptTable.of("thing", "kept.things", new RetentionPeriod.Until("kept.until.measured"))
                .plain(KeptCategory.NONE, "id", "at", "note"));
    }

    @Override
    public List<Recipient> recipients(Settings settings) {
        return List.of();
    }
}
