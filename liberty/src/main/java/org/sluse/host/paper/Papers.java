// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.disclosure.Recipient;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.location.Locations;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.register.Register;
import org.sluse.host.tenant.Binding;
import org.sluse.id.Ids;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;

/**
 * The papers of the bound tenant. Each act is a row of its audit log and of the operator's. Thread-safe; blocks.
 *
 * <p>The audit log is in the clinic's database, the papers and the operator's log are in the control database. The audit row is written first and committed last:
 * what cannot be written down is not done, and what was not done is not written down. Only a clinic's database that dies between the two leaves a paper of which
 * the operator's log alone knows.
 */
@OnePerNode
public final class Papers {

    private final PaperStore store;
    private final Locations locations;
    private final PluginRegistry plugins;
    private final Register register;
    private final DataPorts data;
    private final Binding binding;
    private final Ids ids;
    private final Event<Ended> ended;

    /** A paper of the bound tenant has ended: what may not be on without it goes off now. */
    public record Ended() {}

    /**
     * A paper to be filed.
     *
     * @param module id of the plugin; {@code core} for the place of the clinic's data
     * @param recipient id of the recipient within the plugin, who must be one with the settings of now; that of the location for a place
     */
    public record NewPaper(String module, String recipient, PaperKind kind, Paper.Terms terms) {}

    @Inject
    Papers(PaperStore store, Locations locations, PluginRegistry plugins, Register register, DataPorts data,
            Binding binding, Ids ids,
            Event<Ended> ended) {
        this.store = store;
        this.locations = locations;
        this.plugins = plugins;
        this.register = register;
        this.data = data;
        this.binding = binding;
        this.ids = ids;
        this.ended = ended;
    }

    /** What the plugin needs with these recipients, today. */
    public List<Requirement> required(Plugin<?> plugin, List<Recipient> recipients) {
        return required(plugin.id(), recipients);
    }

    /** As {@link #required(Plugin, List)}, by the plugin's id. */
    public List<Requirement> required(PluginId plugin, List<Recipient> recipients) {
        return Stream.concat(ofPlace().stream(),
                Requirement.of(plugin, recipients, store.all(binding.tenant().id()), store.today()).stream()).toList();
    }

    /** What the plugin needs with the settings of now, today. */
    public List<Requirement> required(Plugin<?> plugin) {
        return required(plugin, register.recipients(plugin));
    }

    /** What the installed plugins need, whether they are on or not, and every paper that there is, the newest first. */
    public Overview overview() {
        data.forPlugin(TenantDatabases.CORE).inTransaction(AuditEntry.list("Paper"), tx -> true);
        var papers = store.all(binding.tenant().id());
        return new Overview(Stream.concat(ofPlace().stream(),
                plugins.all()
                        .stream()
                        .flatMap(one -> Requirement
                                .of(one.id(), register.recipients(one.plugin()), papers, store.today())
                                .stream()))
                .toList(), papers);
    }

    /** What is needed, and every paper that there is, the newest first. */
    public record Overview(List<Requirement> required, List<Paper> papers) {}

    /** Files a paper. Nothing goes on by itself. @throws ProblemException {@code problem/not-allowed-value} for a recipient that there is not */
    public Paper add(NewPaper wanted) {
        var paper = wanted.module().equals(TenantDatabases.CORE.value()) ? policy(wanted) : agreed(wanted);
        logged(AuditAction.CREATE, paper.id(), () -> store.add(binding.tenant().id(), paper));
        return paper;
    }

    /** What the place of the bound tenant's data needs. */
    private List<Requirement> ofPlace() {
        return Requirement.of(locations.placement(locations.own()), store.all(binding.tenant().id()), store.today());
    }

    private Paper policy(NewPaper wanted) {
        var place = ofPlace().stream()
                .filter(one -> one.recipient().equals(wanted.recipient()) && one.kind() == wanted.kind())
                .findFirst()
                .orElseThrow(() -> ProblemException.notAllowed("/recipient", "recipient",
                        "The place of the clinic's data needs no such paper; right would be one that the list of papers names"));
        return new Paper(ids.next(), place.plugin(), place.recipient(), place.party(), place.kind(), wanted.terms(),
                Optional.empty());
    }

    private Paper agreed(NewPaper wanted) {
        var plugin = plugins.find(wanted.module())
                .orElseThrow(() -> ProblemException.notAllowed("/module", "unknown",
                        "There is no such module; right would be one that the list of modules names"))
                .plugin();
        var recipient = register.recipients(plugin)
                .stream()
                .filter(one -> one.id().equals(wanted.recipient()))
                .findFirst()
                .orElseThrow(() -> ProblemException.notAllowed("/recipient", "recipient",
                        "With its settings the module has no such recipient; right would be one that the list of papers names"));
        return new Paper(ids.next(), plugin.id(), recipient.id(), recipient.name(), wanted.kind(), wanted.terms(),
                Optional.empty());
    }

    /** Ends a paper; each module that may not be on without it is off when this returns. Ending it again changes nothing. */
    public void end(UUID id) {
        if (store.all(binding.tenant().id()).stream().noneMatch(paper -> paper.id().equals(id))) {
            throw ProblemException.notFound();
        }
        logged(AuditAction.CHANGE, id, () -> store.end(binding.tenant().id(), id));
        settle();
    }

    /** Has the modules of the bound tenant go off that lack a paper. */
    void settle() {
        // Before looking: one that ends meanwhile is looked at again.
        var papers = store.unsettled(binding.tenant().id());
        if (!papers.isEmpty()) {
            ended.fire(new Ended());
            store.settled(binding.tenant().id(), papers);
        }
    }

    private void logged(AuditAction action, UUID id, Runnable act) {
        data.forPlugin(TenantDatabases.CORE).inTransaction(AuditEntry.of(action, "Paper", id.toString()), tx -> {
            act.run();
            return true;
        });
    }
}
