// SPDX-License-Identifier: Apache-2.0
package org.sluse.it.inside.guest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.sluse.audit.AuditTrail;
import org.sluse.data.TenantDatabase;
import org.sluse.disclosure.DisclosureGate;
import org.sluse.disclosure.Recipient;
import org.sluse.link.Links;
import org.sluse.plugin.Activity;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;
import org.sluse.secret.Secrets;
import org.sluse.settings.Settings;
import org.sluse.tenant.TenantContext;
import org.sluse.timer.Timers;

/** A plugin whose own bean is given ports, as none of ours is. Never on. */
@ApplicationScoped
public class GuestPlugin implements Plugin<GuestPlugin.NoSettings> {

    /** Nothing to set. */
    public record NoSettings() {}

    @Inject
    TenantContext context;
    @Inject
    TenantDatabase database;
    @Inject
    AuditTrail trail;
    @Inject
    Links links;
    @Inject
    Settings<NoSettings> settings;
    @Inject
    Timers timers;
    @Inject
    DisclosureGate disclosure;
    @Inject
    Secrets secrets;

    @Override
    public PluginId id() {
        return new PluginId("guest");
    }

    @Override
    public Class<NoSettings> settingsType() {
        return NoSettings.class;
    }

    @Override
    public Activity activity() {
        return new Activity("purpose", "subjects", "data", "retention", "basis");
    }

    @Override
    public List<Recipient> recipients(NoSettings settings) {
        return List.of();
    }
}
