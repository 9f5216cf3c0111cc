// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Future;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.DisclosureSockets;
import org.sluse.disclosure.NotSentException;
import org.sluse.disclosure.OutboundConversation;
import org.sluse.disclosure.Recipient;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.disclosure.Breakers.Way;
import org.sluse.host.outgoing.AddressPolicy;
import org.sluse.host.outgoing.PinnedTls;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;

/** The gate for sockets: decides, writes the ledger, connects; what is open when its plugin is switched off is broken off. */
@OnePerNode
public final class GateSockets {

    private final PluginRegistry plugins;
    private final DisclosureRules rules;
    private final Binding binding;
    private final Ledger ledger;
    private final PinnedTls tls;
    private final AddressPolicy addresses;
    private final Breakers breakers;
    private final UnderWay underWay;

    @Inject
    GateSockets(PluginRegistry plugins, DisclosureRules rules, Binding binding, Ledger ledger, PinnedTls tls,
            Breakers breakers, UnderWay underWay, HostSettings host) {
        this.plugins = plugins;
        this.rules = rules;
        this.binding = binding;
        this.ledger = ledger;
        this.tls = tls;
        this.breakers = breakers;
        this.underWay = underWay;
        this.addresses = new AddressPolicy(host.privateRecipients());
    }

    @Produces
    @Dependent
    DisclosureSockets sockets(InjectionPoint point) {
        var asking = PluginRegistry.asking(point);
        return conversation -> {
            OutboundRecords.check(conversation.payload());
            return new GateSocketFactory(
                    (plain, host, port, timeout) -> open(plugins.owner(asking), conversation, plain, host, port,
                            timeout));
        };
    }

    private Conversation open(PluginId plugin, OutboundConversation wanted, Socket plain, String host, int port,
            int timeoutMillis) throws IOException {
        var revision = rules.revision();
        var id = OutboundRecords.recipient(wanted.payload());
        var categories = OutboundRecords.categories(wanted.payload());
        var recipient = rules.recipient(plugin, id);
        try {
            rules.check(plugin, recipient, id, to -> addresses.isDeclared(host, port, to.endpoints()), categories);
        } catch (DisclosureRefusedException refused) {
            ledger.refuse(plugin, id, Ledger.nameOf(recipient), categories, wanted.patient(), revision,
                    refused.reason());
            throw refused;
        }
        var row = ledger.begin(plugin, id, Ledger.nameOf(recipient), categories, 0, wanted.patient(), revision);
        try {
            return open(plugin, recipient.orElseThrow(), new Row(row, plain), host, port, timeoutMillis);
        } catch (DisclosureRefusedException off) {
            ledger.end(row, off.reason().name(), 0);
            throw off;
        } catch (NotSentException notSent) {
            ledger.end(row, "NOT_SENT", 0);
            throw new IOException(notSent.getMessage(), notSent);
        } catch (IOException notSent) {
            ledger.end(row, "NOT_SENT", 0);
            throw notSent;
        }
    }

    private record Row(java.util.UUID id, Socket plain) {}

    private Conversation open(PluginId plugin, Recipient recipient, Row row, String host, int port, int timeoutMillis)
            throws IOException {
        var way = new Way(binding.tenant().id(), plugin, recipient.id());
        var tenant = binding.tenant();
        var actor = binding.actor();
        var conversation = new Conversation(row.plain(), (result, bytes) -> binding.run(tenant, actor,
                () -> ledger.end(row.id(), result, bytes)));
        var entry = underWay.begin(way, conversation::breakOff);
        Future<?> deadline = tls.after(PinnedTls.LONGEST, conversation::breakOff);
        conversation.afterwards(() -> {
            deadline.cancel(false);
            underWay.end(entry);
        });
        try {
            rules.checkOnceMore(plugin, recipient);
            var pass = breakers.enter(way);
            conversation.afterwards(() -> {
                if (entry.isBrokenOff()) {
                    pass.brokenOff();
                } else if (conversation.isBrokenOff()) {
                    pass.silent();
                } else {
                    pass.answered();
                }
            });
            try {
                conversation.begin(tls.connect(row.plain(), host, port, timeoutMillis));
            } catch (IOException | RuntimeException failed) {
                if (!entry.isBrokenOff()) {
                    pass.silent();
                }
                throw failed;
            }
            return conversation;
        } catch (IOException | RuntimeException failed) {
            conversation.abandon();
            throw failed;
        }
    }
}
