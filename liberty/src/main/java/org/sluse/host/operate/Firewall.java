// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.Gate;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.register.Register;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.tenant.Tenant;

/** Where this installation may connect to, made from the manifests of what is on: what an operator's firewall lets out, and nothing else. Asks each clinic's database; thread-safe. */
@OnePerNode
final class Firewall {

    private final Tenants tenants;
    private final Gate gate;
    private final PluginRegistry plugins;
    private final Register register;
    private final Binding binding;

    /**
     * A host that may be connected to.
     *
     * @param who to whom: legal names, or {@code sign-in}
     * @param clinics how many clinics need it
     */
    record Opening(String host, int port, Set<String> who, int clinics) {}

    /** @param unknown clinics whose database did not answer: what they need is not among the openings */
    record Openings(List<Opening> openings, List<String> unknown) {}

    private record Place(String host, int port) implements Comparable<Place> {

        private static final Comparator<Place> ORDER = Comparator.comparing(Place::host).thenComparing(Place::port);

        static Place of(URI address) {
            var byScheme = "http".equals(address.getScheme()) ? 80 : 443;
            return new Place(address.getHost(), address.getPort() < 0 ? byScheme : address.getPort());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    @Inject
    Firewall(Tenants tenants, Gate gate, PluginRegistry plugins, Register register, Binding binding) {
        this.tenants = tenants;
        this.gate = gate;
        this.plugins = plugins;
        this.register = register;
        this.binding = binding;
    }

    Openings openings() {
        Map<Place, Set<String>> who = new TreeMap<>();
        Map<Place, Integer> clinics = new TreeMap<>();
        var unknown = new ArrayList<String>();
        for (var tenant : tenants.all()) {
            try {
                needs(tenant).forEach((place, names) -> {
                    who.computeIfAbsent(place, any -> new TreeSet<>()).addAll(names);
                    clinics.merge(place, 1, Integer::sum);
                });
            } catch (RuntimeException silent) {
                unknown.add(tenant.id().value());
            }
        }
        return new Openings(who.entrySet()
                .stream()
                .map(entry -> new Opening(entry.getKey().host(), entry.getKey().port(), entry.getValue(),
                        clinics.getOrDefault(entry.getKey(), 0)))
                .toList(), unknown);
    }

    private Map<Place, Set<String>> needs(Tenant tenant) {
        return binding.<Map<Place, Set<String>>, RuntimeException>call(tenant, Binding.OPERATOR, () -> {
            Map<Place, Set<String>> needs = new TreeMap<>();
            tenants.provider(tenant.id())
                    .ifPresent(provider -> needs.computeIfAbsent(Place.of(provider.issuer()), any -> new TreeSet<>())
                            .add("sign-in"));
            plugins.all()
                    .stream()
                    .filter(one -> gate.isOn(tenant.id(), one.id()))
                    .flatMap(one -> register.recipients(one.plugin()).stream())
                    .forEach(recipient -> recipient.endpoints()
                            .forEach(endpoint -> needs.computeIfAbsent(Place.of(endpoint), any -> new TreeSet<>())
                                    .add(recipient.name())));
            return needs;
        });
    }
}
