// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.UUID;
import org.sluse.disclosure.Answer;
import org.sluse.disclosure.DisclosureGate;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.disclosure.OutboundCall;
import org.sluse.disclosure.Recipient;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.disclosure.Breakers.Way;
import org.sluse.host.outgoing.AddressPolicy;
import org.sluse.host.outgoing.PinnedHttp;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;

/** The gate over HTTP: decides, writes the ledger, sends. A call that is under way when its plugin is switched off is broken off. */
@OnePerNode
public final class RecordingDisclosureGate {

    private final PluginRegistry plugins;
    private final DisclosureRules rules;
    private final ElementGrants elements;
    private final OutboundRequests requests;
    private final Binding binding;
    private final Ledger ledger;
    private final PinnedHttp http;
    private final AddressPolicy addresses;
    private final Breakers breakers;
    private final UnderWay underWay;

    @Inject
    RecordingDisclosureGate(PluginRegistry plugins, DisclosureRules rules, ElementGrants elements,
            OutboundRequests requests, Binding binding, Ledger ledger, PinnedHttp http, Breakers breakers,
            UnderWay underWay, HostSettings host) {
        this.plugins = plugins;
        this.rules = rules;
        this.elements = elements;
        this.requests = requests;
        this.binding = binding;
        this.ledger = ledger;
        this.http = http;
        this.breakers = breakers;
        this.underWay = underWay;
        this.addresses = new AddressPolicy(host.privateRecipients());
    }

    @Produces
    @Dependent
    DisclosureGate gate(InjectionPoint point) {
        var asking = PluginRegistry.asking(point);
        return new DisclosureGate() {

            @Override
            public Answer send(OutboundCall call) {
                return RecordingDisclosureGate.this.send(plugins.owner(asking), call);
            }

            @Override
            public URI handOver(OutboundCall call) {
                return RecordingDisclosureGate.this.handOver(plugins.owner(asking), call);
            }
        };
    }

    /** What was let through: the recipient, and the row of the ledger that is begun. */
    private record Begun(Recipient recipient, UUID row, byte[] body) {}

    /** Decides and begins the row. @throws DisclosureRefusedException the row says why */
    private Begun begin(PluginId plugin, OutboundCall call) {
        var revision = rules.revision();
        var id = OutboundRecords.recipient(call.payload());
        var categories = OutboundRecords.categories(call.payload().getClass());
        var recipient = rules.recipient(plugin, id);
        var body = requests.body(call);
        try {
            rules.check(plugin, recipient, id, to -> addresses.isDeclared(call.target(), to.endpoints()), categories);
            elements.check(recipient.orElseThrow(), call.payload());
        } catch (DisclosureRefusedException refused) {
            ledger.refuse(plugin, id, Ledger.nameOf(recipient), categories, call.patient(), revision, refused.reason());
            throw refused;
        }
        var row = ledger.begin(plugin, id, Ledger.nameOf(recipient), categories, body.length, call.patient(), revision);
        return new Begun(recipient.orElseThrow(), row, body);
    }

    private URI handOver(PluginId plugin, OutboundCall call) {
        var address = requests.handedOver(call);
        var begun = begin(plugin, call);
        ledger.end(begun.row(), "HANDED_OVER", begun.body().length);
        return address;
    }

    private Answer send(PluginId plugin, OutboundCall call) {
        var begun = begin(plugin, call);
        var row = begun.row();
        var body = begun.body();
        try {
            var answer = send(plugin, begun.recipient(), call, body);
            ledger.end(row, Integer.toString(answer.status()), body.length);
            return answer;
        } catch (DisclosureRefusedException off) {
            ledger.end(row, off.reason().name(), 0);
            throw off;
        } catch (NotSentException notSent) {
            ledger.end(row, "NOT_SENT", 0);
            throw notSent;
        } catch (RuntimeException unknown) {
            ledger.end(row, "NO_ANSWER", body.length);
            throw unknown;
        }
    }

    private Answer send(PluginId plugin, Recipient recipient, OutboundCall call, byte[] body) {
        var way = new Way(binding.tenant().id(), plugin, recipient.id());
        var request = requests.request(call, body);
        var entry = underWay.begin(way, request::cancel);
        try {
            rules.checkOnceMore(plugin, recipient);
            var pass = breakers.enter(way);
            try {
                var answer = http.send(request);
                pass.answered();
                return answer;
            } catch (NotSentException | NoAnswerException failed) {
                if (entry.isBrokenOff()) {
                    pass.brokenOff();
                }
                throw failed;
            } finally {
                pass.silent();
            }
        } finally {
            underWay.end(entry);
        }
    }
}
