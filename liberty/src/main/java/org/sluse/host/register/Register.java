// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.sluse.disclosure.Recipient;
import org.sluse.host.gate.Gate;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.settings.SettingsStore;
import org.sluse.host.tenant.Binding;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.plugin.Plugin;

/** Makes the register of the bound tenant, as of now: a function of manifests, settings and toggles. */
@ApplicationScoped
public class Register {

    private final PluginRegistry plugins;
    private final SettingsStore settings;
    private final Gate gate;
    private final Binding binding;
    private final Texts texts;
    private final Clock clock;

    @Inject
    Register(PluginRegistry plugins, SettingsStore settings, Gate gate, Binding binding, Texts texts, Clock clock) {
        this.plugins = plugins;
        this.settings = settings;
        this.gate = gate;
        this.binding = binding;
        this.texts = texts;
        this.clock = clock;
    }

    /** For the container's proxy. */
    @SuppressWarnings("NullAway")
    Register() {
        this(null, null, null, null, null, null);
    }

    /**
     * The whole register.
     *
     * @param revision of the toggles that it was made from
     * @param rows one for each processing activity that is on
     * @param off modules that are off, with who would receive data
     */
    public record RegisterView(String tenant, Instant asOf, long revision, List<ActivityRow> rows, List<OffRow> off) {}

    /** One activity and everyone outside the clinic who receives data for it. All texts in the asked language. */
    public record ActivityRow(String module, String moduleName, ActivityText activity, String legalBasis,
            List<RecipientRow> recipients) {}

    /** Why, whose, which data, how long. */
    public record ActivityText(String purpose, String subjects, String data, String retention) {}

    /** A recipient, in the columns of the security page: name, address, service, processing, legal basis. */
    public record RecipientRow(String name, String address, String country, String service, String processing,
            String legalBasis) {}

    /** A module that is off. */
    public record OffRow(String module, String moduleName, List<String> would) {}

    /** The register now. */
    public RegisterView now(Language language) {
        var tenant = binding.tenant();
        var on = plugins.all()
                .stream()
                .filter(one -> gate.isOn(tenant.id(), one.id()))
                .map(one -> row(one.plugin(), language))
                .toList();
        var off = plugins.all()
                .stream()
                .filter(one -> !gate.isOn(tenant.id(), one.id()))
                .map(one -> new OffRow(one.id().value(), text(one.plugin(), "module.name", language),
                        recipients(one.plugin()).stream().map(Recipient::name).toList()))
                .toList();
        return new RegisterView(tenant.name(), clock.instant(), gate.revision(), on, off);
    }

    private ActivityRow row(Plugin<?> plugin, Language language) {
        return new ActivityRow(plugin.id().value(), text(plugin, "module.name", language), activity(plugin, language),
                text(plugin, plugin.activity().legalBasis(), language),
                recipients(plugin).stream()
                        .map(recipient -> new RecipientRow(recipient.name(), recipient.address(), recipient.country(),
                                text(plugin, recipient.serviceKey(), language),
                                recipient.categories()
                                        .stream()
                                        .sorted()
                                        .map(category -> texts.text(Texts.KIT, "category." + category.name(), language))
                                        .collect(Collectors.joining(", ")),
                                text(plugin, recipient.legalBasisKey(), language)))
                        .toList());
    }

    /** The activity of a plugin in words. */
    public ActivityText activity(Plugin<?> plugin, Language language) {
        var activity = plugin.activity();
        return new ActivityText(text(plugin, activity.purpose(), language), text(plugin, activity.subjects(), language),
                text(plugin, activity.data(), language),
                text(plugin, activity.retention(), language));
    }

    /** Everyone who receives data, or would, with the settings of the bound tenant. */
    public <S extends Record> List<Recipient> recipients(Plugin<S> plugin) {
        return plugin.recipients(settings.get(plugin));
    }

    private String text(Plugin<?> plugin, String key, Language language) {
        return texts.text(plugin.id().value(), key, language);
    }
}
