// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.module;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Recipient;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.paper.PaperViews;
import org.sluse.host.paper.Requirement;
import org.sluse.host.register.Register;
import org.sluse.host.register.RegisterView;
import org.sluse.host.settings.SettingsFields;
import org.sluse.host.settings.SettingsStore;
import org.sluse.host.tenant.Binding;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.plugin.Plugin;

/** Puts a module into words for the console. */
@OnePerNode
final class ModuleViews {

    private final Modules modules;
    private final Register register;
    private final SettingsStore settings;
    private final SettingsFields fields;
    private final ControlDatabase control;
    private final Binding binding;
    private final Texts texts;

    @Inject
    ModuleViews(Modules modules, Register register, SettingsStore settings, SettingsFields fields,
            ControlDatabase control, Binding binding, Texts texts) {
        this.modules = modules;
        this.register = register;
        this.settings = settings;
        this.fields = fields;
        this.control = control;
        this.binding = binding;
        this.texts = texts;
    }

    /**
     * A module, in the asked language.
     *
     * @param state {@code ON}, {@code OFF}, or {@code PENDING} when it is off and something is missing
     * @param since when it was last switched; absent when never
     * @param stays what does not pass to anybody
     * @param papers what its recipients need, and how each stands; one that does not hold is a reason too
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ModuleView(String id, String name, String purpose, String state, List<ReasonView> reasons,
            Optional<Instant> since, RegisterView.ActivityText activity,
            String legalBasis, List<RecipientView> recipients, List<String> stays,
            List<PaperViews.RequirementView> papers, List<AcknowledgementView> acknowledgements,
            SettingsFields.FormView settings) {}

    /** A reason why it cannot be switched on. */
    record ReasonView(String key, String text) {}

    /** Who receives what. */
    record RecipientView(String id, String name, String address, String country, String service, String legalBasis,
            List<String> categories, List<String> fields,
            List<String> seesByItself) {}

    /** Something to accept. */
    record AcknowledgementView(String id, String text, boolean given) {}

    ModuleView of(Plugin<?> plugin, Language language) {
        var on = modules.isOn(plugin);
        var papers = modules.papers(plugin);
        var reasons = Stream.concat(papers.stream().filter(Requirement::isMissing).map(paper -> view(paper, language)),
                modules.readiness(plugin)
                        .reasons()
                        .stream()
                        .map(reason -> new ReasonView(reason.key(),
                                texts.text(plugin.id().value(), reason.key(), reason.arguments(), language))))
                .toList();
        var recipients = register.recipients(plugin);
        var accepted = settings.accepted(plugin.id());
        return new ModuleView(plugin.id().value(), text(plugin, "module.name", language),
                text(plugin, "module.purpose", language),
                on ? "ON" : reasons.isEmpty() ? "OFF" : "PENDING", reasons, since(plugin),
                register.activity(plugin, language),
                text(plugin, plugin.activity().legalBasis(), language),
                recipients.stream().map(recipient -> view(plugin, recipient, language)).toList(),
                stays(recipients, language),
                papers.stream().map(PaperViews::of).toList(),
                modules.acknowledgements(plugin)
                        .stream()
                        .map(one -> new AcknowledgementView(one.id(), text(plugin, one.text(), language),
                                accepted.contains(one.id())))
                        .toList(),
                fields.of(plugin, language));
    }

    private ReasonView view(Requirement missing, Language language) {
        var key = "paper.reason." + missing.kind() + "." + missing.state();
        return new ReasonView(key, texts.text(Texts.KIT, key, Map.of("name", missing.party()), language));
    }

    private RecipientView view(Plugin<?> plugin, Recipient recipient, Language language) {
        return new RecipientView(recipient.id(), recipient.name(), recipient.address(),
                Locale.of("", recipient.country()).getDisplayCountry(Locale.of(language.code())),
                text(plugin, recipient.serviceKey(), language),
                text(plugin, recipient.legalBasisKey(), language),
                recipient.categories().stream().map(Enum::name).sorted().toList(),
                recipient.fieldKeys().stream().map(key -> text(plugin, key, language)).toList(),
                recipient.seesByItselfKeys().stream().map(key -> text(plugin, key, language)).toList());
    }

    /** Every kind of data that no recipient of this module may receive. */
    private List<String> stays(List<Recipient> recipients, Language language) {
        Set<DataCategory> passing = recipients.stream()
                .flatMap(recipient -> recipient.categories().stream())
                .collect(Collectors.toSet());
        return Arrays.stream(DataCategory.values())
                .filter(category -> !passing.contains(category))
                .map(category -> texts.text(Texts.KIT, "category." + category.name(), Map.of(), language))
                .toList();
    }

    private Optional<Instant> since(Plugin<?> plugin) {
        return control.read(
                handle -> handle.createQuery("select max(at) from toggle where tenant = :tenant and plugin = :plugin")
                        .bind("tenant", binding.tenant().id().value())
                        .bind("plugin", plugin.id().value())
                        .mapTo(Instant.class)
                        .findOne());
    }

    private String text(Plugin<?> plugin, String key, Language language) {
        return texts.text(plugin.id().value(), key, language);
    }
}
