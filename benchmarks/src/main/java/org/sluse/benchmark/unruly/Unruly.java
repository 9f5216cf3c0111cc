// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark.unruly;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.sluse.disclosure.Recipient;
import org.sluse.plugin.Activity;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;

/** The plugin's bean: nothing special. */
@ApplicationScoped
public class Unruly implements Plugin<Unruly.Settings> {

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
    public List<Recipient> recipients(Settings settings) {
        return List.of();
    }
}
