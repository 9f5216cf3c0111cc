// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.DisclosureRefusedException.Reason;
import org.sluse.disclosure.NotSentException;
import org.sluse.disclosure.Recipient;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.Gate;
import org.sluse.host.paper.Papers;
import org.sluse.host.paper.Requirement;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.register.Register;
import org.sluse.host.settings.SettingsStore;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;

/** Whether the bound tenant's plugin may send something to a recipient; the same for every way out. Thread-safe. */
@OnePerNode
final class DisclosureRules {

    private final PluginRegistry plugins;
    private final SettingsStore settings;
    private final Gate gate;
    private final Papers papers;
    private final Register register;
    private final Binding binding;

    @Inject
    DisclosureRules(PluginRegistry plugins, SettingsStore settings, Gate gate, Papers papers, Register register,
            Binding binding) {
        this.plugins = plugins;
        this.settings = settings;
        this.gate = gate;
        this.papers = papers;
        this.register = register;
        this.binding = binding;
    }

    /** The recipient that the plugin declares by this id, with the settings of now; empty for none. */
    Optional<Recipient> recipient(PluginId plugin, String id) {
        return plugins.find(plugin.value())
                .flatMap(one -> recipients(one.plugin()).stream()
                        .filter(recipient -> recipient.id().equals(id))
                        .findFirst());
    }

    private <S extends Record> List<Recipient> recipients(Plugin<S> plugin) {
        return plugin.recipients(settings.get(plugin));
    }

    /**
     * Whether it may receive this, by everything but what is within.
     *
     * @param recipient as found by its id
     * @param isItsAddress whether where it goes is the recipient's
     * @throws DisclosureRefusedException with the first reason why not
     */
    void check(PluginId plugin, Optional<Recipient> recipient, String id, Predicate<Recipient> isItsAddress,
            Set<DataCategory> categories) {
        // Before the recipient is looked at, whose settings are nobody's business then.
        checkOn(plugin);
        var declared = recipient.orElseThrow(() -> new DisclosureRefusedException(Reason.UNKNOWN_RECIPIENT,
                "'" + id + "' is no recipient of '" + plugin + "' now"));
        checkSwitches(plugin, declared);
        // A jar may come with another recipient than the clinic has papers for.
        if (papers.required(plugin, List.of(declared)).stream().anyMatch(Requirement::isMissing)) {
            throw new DisclosureRefusedException(Reason.PAPER_MISSING,
                    "A paper for '" + declared.id() + "' is missing or has ended");
        }
        if (!plugins.find(plugin.value()).filter(one -> register.hasTold(one.plugin(), declared.id())).isPresent()) {
            throw new DisclosureRefusedException(Reason.PAPER_MISSING,
                    "The clinic has not confirmed yet what '" + declared.id() + "' receives by the new version");
        }
        if (!isItsAddress.test(declared)) {
            throw new DisclosureRefusedException(Reason.ADDRESS_NOT_ALLOWED,
                    "The address is not one of '" + declared.id() + "'");
        }
        if (!declared.categories().containsAll(categories)) {
            throw new DisclosureRefusedException(Reason.CATEGORY_NOT_GRANTED,
                    "'" + declared.id() + "' may receive " + declared.categories() + " and no more");
        }
    }

    /**
     * Asked once more when nothing but the socket is left to do: between the first look and here a database was written to.
     *
     * @throws DisclosureRefusedException when it is off, or the recipient is stopped, by now
     * @throws NotSentException when this node cannot say
     */
    void checkOnceMore(PluginId plugin, Recipient recipient) {
        checkOn(plugin);
        checkSwitches(plugin, recipient);
        if (!gate.isConfirmed()) {
            throw new NotSentException("This node cannot confirm at the moment what is switched on");
        }
    }

    /** By which revision of the toggles is decided now. */
    long revision() {
        return gate.revision();
    }

    private void checkOn(PluginId plugin) {
        if (!gate.isOn(binding.tenant().id(), plugin)) {
            throw new DisclosureRefusedException(Reason.MODULE_OFF, "The module '" + plugin + "' is off");
        }
    }

    private void checkSwitches(PluginId plugin, Recipient recipient) {
        if (gate.isKilled(plugin, recipient.id())) {
            throw new DisclosureRefusedException(Reason.RECIPIENT_STOPPED,
                    "The operator has stopped everything to '" + recipient.id() + "'");
        }
    }
}
