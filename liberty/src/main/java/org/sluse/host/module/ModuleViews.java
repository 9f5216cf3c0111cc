// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.module;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.sluse.host.config.OnePerNode;
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
import org.sluse.actor.Staff;
import org.sluse.host.gate.InForce;
import org.sluse.host.gate.Restriction;
import org.sluse.host.gate.Toggles;
import org.sluse.host.gate.Wish;
import org.sluse.host.paper.PaperViews;
import org.sluse.host.people.People;
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
    private final People people;
    private final Binding binding;
    private final Texts texts;

    @Inject
    ModuleViews(Modules modules, Register register, SettingsStore settings, SettingsFields fields,
            People people, Binding binding, Texts texts) {
        this.modules = modules;
        this.register = register;
        this.settings = settings;
        this.fields = fields;
        this.people = people;
        this.binding = binding;
        this.texts = texts;
    }

    /**
     * A module, in the asked language.
     *
     * @param since when it was last switched; absent when never
     * @param inForce on how many nodes the last switch is in force
     * @param asked who asked for it and waits for a second person; absent when nobody does
     * @param restriction what the operator holds against it; absent for nothing
     * @param stays what does not pass to anybody
     * @param papers what its recipients need, and how each stands; one that does not hold is a reason too
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ModuleView(String id, String name, String purpose, ModuleState state, Wish wish, List<ReasonView> reasons,
            Optional<Instant> since, InForce inForce, Optional<AskedView> asked, Optional<Restriction> restriction,
            boolean needsSecondPerson, RegisterView.ActivityText activity,
            String legalBasis, List<RecipientView> recipients, List<String> stays,
            List<PaperViews.RequirementView> papers, List<AcknowledgementView> acknowledgements,
            SettingsFields.FormView settings) {}

    /** Who asked. @param byYou whether it is the one who reads this, and therefore not the one who can confirm it @param revision to be named by whoever confirms it */
    record AskedView(String name, boolean byYou, long revision) {}

    /** A reason why it cannot be switched on. */
    record ReasonView(String key, String text) {}

    /** Who receives what. */
    record RecipientView(String id, String name, String address, String country, String service, String legalBasis,
            List<String> categories, List<String> fields,
            List<String> seesByItself) {}

    /** Something to accept. */
    record AcknowledgementView(String id, String text, boolean given) {}

    ModuleView of(Plugin<?> plugin, Language language) {
        var wanted = modules.wanted(plugin);
        var inForce = modules.inForce(wanted);
        var restriction = modules.restriction(plugin);
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
                ModuleState.of(wanted.wish(), restriction, modules.isQuarantined(plugin), reasons.isEmpty(), inForce),
                wanted.wish(), reasons,
                wanted.since(),
                inForce,
                asked(wanted), restriction, SecondPerson.isNeeded(recipients),
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

    private Optional<AskedView> asked(Toggles.Wanted wanted) {
        return wanted.by()
                .filter(by -> wanted.wish() == Wish.ASKED)
                .map(by -> new AskedView(people.find(by).map(Staff.Member::name).orElse(by),
                        by.equals(binding.actor().id()), wanted.revision()));
    }

    private String text(Plugin<?> plugin, String key, Language language) {
        return texts.text(plugin.id().value(), key, language);
    }
}
