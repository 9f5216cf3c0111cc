// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.sluse.host.config.OnePerNode;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.net.URIBuilder;
import org.sluse.disclosure.Answer;
import org.sluse.disclosure.Carries;
import org.sluse.disclosure.DisclosureGate;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.DisclosureRefusedException.Reason;
import org.sluse.disclosure.FhirJson;
import org.sluse.disclosure.NotSentException;
import org.sluse.disclosure.OutboundCall;
import org.sluse.disclosure.Recipient;
import org.sluse.host.config.HostSettings;
import org.sluse.host.disclosure.Breakers.Way;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.GateKeeper;
import org.sluse.host.gate.Killed;
import org.sluse.host.outgoing.AddressPolicy;
import org.sluse.host.outgoing.PinnedHttp;
import org.sluse.host.paper.Papers;
import org.sluse.host.paper.Requirement;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.settings.SettingsStore;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;

/** The gate: decides, writes the ledger, sends. A call that is under way when its plugin is switched off is broken off. */
@OnePerNode
public final class RecordingDisclosureGate {

    private static final Logger LOG = Logger.getLogger(RecordingDisclosureGate.class.getName());

    private final PluginRegistry plugins;
    private final SettingsStore settings;
    private final Gate gate;
    private final Binding binding;
    private final Ledger ledger;
    private final PinnedHttp http;
    private final AddressPolicy addresses;
    private final ObjectMapper json;
    private final ObjectReader strict;
    private final Breakers breakers;
    private final Papers papers;
    private final Map<HttpUriRequestBase, Way> underWay = new ConcurrentHashMap<>();

    @Inject
    RecordingDisclosureGate(PluginRegistry plugins, SettingsStore settings, Gate gate, Binding binding, Ledger ledger,
            PinnedHttp http, Breakers breakers, Papers papers, HostSettings host,
            ObjectMapper json) {
        this.plugins = plugins;
        this.settings = settings;
        this.gate = gate;
        this.binding = binding;
        this.ledger = ledger;
        this.http = http;
        this.breakers = breakers;
        this.papers = papers;
        this.addresses = new AddressPolicy(host.privateRecipients());
        this.json = json;
        this.strict = json.reader().with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    @Produces
    @Dependent
    DisclosureGate gate(InjectionPoint point) {
        var asking = PluginRegistry.asking(point);
        return call -> send(plugins.owner(asking), call);
    }

    private Answer send(PluginId plugin, OutboundCall call) {
        var revision = gate.revision();
        var recipient = recipient(plugin, OutboundRecords.recipient(call.payload()));
        var body = body(call);
        try {
            check(plugin, recipient, call);
        } catch (DisclosureRefusedException refused) {
            ledger.begin(plugin, OutboundRecords.recipient(call.payload()), Ledger.nameOf(recipient),
                    OutboundRecords.categories(call.payload()), 0,
                    call.patient(), revision, refused.reason().name());
            throw refused;
        }
        var request = request(call, body);
        var row = ledger.begin(plugin, recipient.orElseThrow().id(), recipient.orElseThrow().name(),
                OutboundRecords.categories(call.payload()), body.length,
                call.patient(), revision, "SENDING");
        var way = new Way(binding.tenant().id(), plugin, recipient.orElseThrow().id());
        underWay.put(request, way);
        try {
            // Asked once more when nothing but the socket is left to do: between the first look and here a database was written to.
            checkSwitches(plugin, recipient.orElseThrow());
            if (!gate.isConfirmed()) {
                throw new NotSentException("This node cannot confirm at the moment what is switched on");
            }
            var answer = breakers.call(way, () -> http.send(request));
            end(row, Integer.toString(answer.status()), body.length);
            return answer;
        } catch (DisclosureRefusedException off) {
            end(row, off.reason().name(), 0);
            throw off;
        } catch (NotSentException notSent) {
            end(row, "NOT_SENT", 0);
            throw notSent;
        } catch (RuntimeException unknown) {
            end(row, "NO_ANSWER", body.length);
            throw unknown;
        } finally {
            underWay.remove(request);
        }
    }

    /** What became of the call is told to the plugin even when it cannot be written down: the row then says {@code SENDING}, which is "not known". */
    private void end(UUID row, String result, int bytes) {
        try {
            ledger.end(row, result, bytes);
        } catch (RuntimeException unwritable) {
            LOG.log(Level.WARNING, "ledger-row-not-ended result=" + result + " cause="
                    + unwritable.getClass().getName());
        }
    }

    private void checkSwitches(PluginId plugin, Recipient recipient) {
        if (!gate.isOn(binding.tenant().id(), plugin)) {
            throw new DisclosureRefusedException(Reason.MODULE_OFF, "The module '" + plugin + "' is off");
        }
        if (gate.isKilled(plugin, recipient.id())) {
            throw new DisclosureRefusedException(Reason.RECIPIENT_STOPPED,
                    "The operator has stopped everything to '" + recipient.id() + "'");
        }
    }

    private void check(PluginId plugin, Optional<Recipient> recipient, OutboundCall call) {
        // Before the recipient is looked up, whose settings are nobody's business then.
        if (!gate.isOn(binding.tenant().id(), plugin)) {
            throw new DisclosureRefusedException(Reason.MODULE_OFF, "The module '" + plugin + "' is off");
        }
        var declared = recipient.orElseThrow(() -> new DisclosureRefusedException(Reason.UNKNOWN_RECIPIENT,
                "'" + OutboundRecords.recipient(call.payload()) + "' is no recipient of '" + plugin + "' now"));
        checkSwitches(plugin, declared);
        // A jar may come with another recipient than the clinic has papers for.
        if (papers.required(plugin, List.of(declared)).stream().anyMatch(Requirement::isMissing)) {
            throw new DisclosureRefusedException(Reason.PAPER_MISSING,
                    "A paper for '" + declared.id() + "' is missing or has ended");
        }
        if (!addresses.isDeclared(call.target(), declared.endpoints())) {
            throw new DisclosureRefusedException(Reason.ADDRESS_NOT_ALLOWED,
                    "The address is not one of '" + declared.id() + "'");
        }
        if (!declared.categories().containsAll(OutboundRecords.categories(call.payload()))) {
            throw new DisclosureRefusedException(Reason.CATEGORY_NOT_GRANTED,
                    "'" + declared.id() + "' may receive " + declared.categories() + " and no more");
        }
        for (var component : call.payload().getClass().getRecordComponents()) {
            if (OutboundRecords.values(call.payload()).get(component.getName()) instanceof FhirJson fhir) {
                checkElements(declared, component.getAnnotation(Carries.class), fhir);
            }
        }
    }

    private void checkElements(Recipient recipient, Carries carries, FhirJson fhir) {
        var covered = carries == null
                ? Set.<String>of()
                : java.util.Arrays.stream(carries.value())
                        .flatMap(category -> recipient.elements().getOrDefault(category, Set.of()).stream())
                        .collect(Collectors.toSet());
        try {
            var resource = strict.readTree(fhir.json());
            var beyond = new TreeSet<>(ElementPaths.of(resource));
            beyond.removeIf(path -> covered.contains(path) || BundleEnvelope.PATHS.contains(path));
            BundleEnvelope.suspicious(resource).ifPresent(beyond::add);
            var types = covered.stream().map(path -> path.split("\\.")[0]).collect(Collectors.toSet());
            ElementPaths.types(resource)
                    .stream()
                    .filter(type -> !type.equals("Bundle") && !types.contains(type))
                    .forEach(type -> beyond.add("resourceType"));
            if (!beyond.isEmpty()) {
                throw new DisclosureRefusedException(Reason.CATEGORY_NOT_GRANTED,
                        "Elements " + beyond + " are not granted to '" + recipient.id() + "'");
            }
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("A FhirJson component is not JSON", notJson);
        }
    }

    private Optional<Recipient> recipient(PluginId plugin, String id) {
        return plugins.find(plugin.value())
                .flatMap(one -> recipients(one.plugin()).filter(recipient -> recipient.id().equals(id)).findFirst());
    }

    private <S extends Record> java.util.stream.Stream<Recipient> recipients(Plugin<S> plugin) {
        return plugin.recipients(settings.get(plugin)).stream();
    }

    private byte[] body(OutboundCall call) {
        var values = OutboundRecords.values(call.payload());
        if (call.method() == OutboundCall.Method.GET) {
            return values.values()
                    .stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.UTF_8);
        }
        if (values.size() == 1 && values.values().iterator().next() instanceof FhirJson fhir) {
            return fhir.json().getBytes(StandardCharsets.UTF_8);
        }
        try {
            return json.writeValueAsBytes(values);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(
                    "The payload " + call.payload().getClass().getName() + " cannot be written as JSON", unwritable);
        }
    }

    private static HttpUriRequestBase request(OutboundCall call, byte[] body) {
        try {
            var address = new URIBuilder(call.target());
            var fhir = OutboundRecords.values(call.payload()).values().stream().anyMatch(FhirJson.class::isInstance);
            if (call.method() == OutboundCall.Method.GET) {
                OutboundRecords.values(call.payload())
                        .forEach((name, value) -> address.addParameter(name, String.valueOf(value)));
            }
            var request = new HttpUriRequestBase(call.method().name(), address.build());
            request.setHeader("Accept", "application/fhir+json, application/json;q=0.9");
            call.bearer().ifPresent(bearer -> request.setHeader("Authorization", "Bearer " + bearer.reveal()));
            if (call.method() != OutboundCall.Method.GET) {
                request.setEntity(new ByteArrayEntity(body, ContentType
                        .create(fhir ? "application/fhir+json" : "application/json", StandardCharsets.UTF_8)));
            }
            return request;
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException("The target is not an address", impossible);
        }
    }

    void switched(@Observes GateKeeper.Switched change) {
        if (!change.on()) {
            breakOff(owner -> owner.tenant().equals(change.tenant().id()) && owner.plugin().equals(change.plugin()));
        }
    }

    void killed(@Observes Killed killed) {
        breakOff(owner -> killed.plugin().equals(owner.plugin())
                && killed.recipient().filter(owner.recipient()::equals).isPresent());
    }

    void lapsed(@Observes GateKeeper.Lapsed lapsed) {
        breakOff(any -> true);
    }

    private void breakOff(Predicate<Way> whose) {
        underWay.forEach((request, owner) -> {
            if (whose.test(owner)) {
                request.cancel();
            }
        });
    }
}
