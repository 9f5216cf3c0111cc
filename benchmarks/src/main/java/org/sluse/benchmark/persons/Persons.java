// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark.persons;

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
import org.sluse.subject.SubjectData;
import org.sluse.subject.SubjectErasure;
import org.sluse.subject.SubjectExport;

/** The plugin's bean. Nobody asks for what it keeps, or to be erased, while it is measured. */
@ApplicationScoped
public class Persons implements Plugin<Persons.Settings>, SubjectData {

    /** A statement that makes its table. */
    public static final String TABLES = "create table person (id text primary key, note text not null);";

    /** There is nothing to set. */
    public record Settings() {}

    @Override
    public PluginId id() {
        return new PluginId("persons");
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
        return DataMap.of(KeptTable.of("person", "kept.persons", new RetentionPeriod.Until("kept.until.measured"))
                .plain(KeptCategory.PSEUDONYM, "id")
                .sealed(KeptCategory.ASSESSMENT, "note")
                .ofPerson("id"));
    }

    @Override
    public List<Recipient> recipients(Settings settings) {
        return List.of();
    }

    @Override
    public SubjectExport export(String id) {
        return SubjectExport.NOTHING;
    }

    @Override
    public SubjectErasure erase(String id, boolean dryRun) {
        return SubjectErasure.NOTHING;
    }
}
