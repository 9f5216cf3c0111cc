// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluse.data.DataMap;
import org.sluse.data.KeptCategory;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Recipient;
import org.sluse.page.Page;
import org.sluse.page.Page.Audience;
import org.sluse.plugin.Activity;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;
import org.sluse.plugin.Readiness;
import org.sluse.tenant.Tenant;

/** What the module is, to the host. */
@ApplicationScoped
public class TallyPlugin implements Plugin<TallySettings> {

    /** Id of the recipient in register and ledger. */
    static final String REGISTER = "register";

    @Override
    public PluginId id() {
        return new PluginId("tally");
    }

    @Override
    public Class<TallySettings> settingsType() {
        return TallySettings.class;
    }

    @Override
    public Activity activity() {
        return new Activity("activity.purpose", "activity.subjects", "activity.data", "activity.retention",
                "activity.basis");
    }

    /** A contact is counted and says nothing about a person. The host deletes what is kept for longer. */
    @Override
    public DataMap dataMap() {
        return DataMap.of(
                KeptTable.of("contact", "kept.contacts", new RetentionPeriod.After(730, "at"))
                        .plain(KeptCategory.NONE, "id", "way", "at"),
                KeptTable.of("report", "kept.reports", new RetentionPeriod.After(730, "sent_at"))
                        .plain(KeptCategory.NONE, "monday", "sent_at"));
    }

    @Override
    public List<Recipient> recipients(TallySettings settings) {
        return settings.register().stream().map(base -> register(settings, base)).toList();
    }

    private static Recipient register(TallySettings settings, URI base) {
        return new Recipient(REGISTER, settings.name(), settings.address(), settings.country(), "recipient.service",
                "recipient.basis", Set.of(DataCategory.PSEUDONYMOUS_USAGE), List.of(base), Map.of(),
                List.of("field.totals"), List.of());
    }

    @Override
    public List<Class<? extends Record>> outbound() {
        return List.of(WeekReport.class);
    }

    @Override
    public Readiness ready(Tenant tenant, TallySettings settings) {
        return settings.register().isPresent() && !settings.namesTheRegister()
                ? Readiness.missing("ready.no-name")
                : Readiness.READY;
    }

    @Override
    public List<Page> pages() {
        return List
                .of(Page.of("tally", "tally.js", "tally-week", Audience.PRACTITIONER).withEntry("nav.tally", "table"));
    }
}
