// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.disclosure.OutboundRecords;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.register.RegisterView.RecipientRow;
import org.sluse.host.text.Language;
import org.sluse.plugin.Plugin;

/**
 * Whom the platform engages, for everybody to read: who hosts and runs it, and each recipient that a module names by itself. Made from the manifests that the clinics'
 * registers are made from. A recipient that a clinic names in its settings is the clinic's own and stands in the clinic's register only: nothing that somebody typed at a
 * clinic gets onto a page of the platform. Thread-safe.
 */
@OnePerNode
final class Subprocessors {

    private final PluginRegistry plugins;
    private final Manifests manifests;
    private final HostDeclaration host;

    /**
     * The page.
     *
     * @param operator legal name of who runs the platform; empty until it is configured
     * @param always whichever modules a clinic has on
     * @param modules by id; each only where a clinic has switched it on
     */
    record View(String operator, List<RecipientRow> always, List<ModuleRow> modules) {}

    /**
     * A module.
     *
     * @param data which data it processes, in words
     * @param recipients that it names by itself
     * @param clinicNames whether it also sends to somebody whom each clinic names
     */
    record ModuleRow(String module, String name, String purpose, String data, String legalBasis,
            List<RecipientRow> recipients, boolean clinicNames) {}

    @Inject
    Subprocessors(PluginRegistry plugins, Manifests manifests, HostDeclaration host) {
        this.plugins = plugins;
        this.manifests = manifests;
        this.host = host;
    }

    View view(Language language) {
        return new View(host.processor().name(),
                host.everywhere().stream().map(one -> RegisterView.row(one, language)).toList(),
                plugins.all().stream().map(one -> module(one.plugin(), language)).toList());
    }

    private ModuleRow module(Plugin<?> plugin, Language language) {
        var manifest = manifests.jar(plugin).manifest();
        var named = manifests.named(plugin);
        var ids = named.stream().map(RegisterDocument.RecipientEntry::id).collect(Collectors.toSet());
        return new ModuleRow(plugin.id().value(), manifest.name().in(language), manifest.purpose().in(language),
                manifest.data().in(language), manifest.legalBasis().in(language),
                named.stream().map(one -> RegisterView.row(one, language)).toList(),
                plugin.outbound().stream().map(OutboundRecords::recipient).anyMatch(id -> !ids.contains(id)));
    }
}
