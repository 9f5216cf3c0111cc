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
import org.sluse.host.backup.Backups;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.Gate;
import org.sluse.host.key.RootKey;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.register.Register;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.tenant.Tenant;

/** Where this installation may connect to, made from the manifests of what is on, and from where its backups and its root key are: what an operator's firewall lets out, and nothing else. Asks each clinic's database; thread-safe. */
@OnePerNode
final class Firewall {

    private final Tenants tenants;
    private final Gate gate;
    private final PluginRegistry plugins;
    private final Register register;
    private final Backups backups;
    private final RootKey rootKey;
    private final Binding binding;

    /**
     * A host that may be connected to.
     *
     * @param who to whom: legal names, or {@code sign-in}, {@code backups}, {@code root-key}
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
    Firewall(Tenants tenants, Gate gate, PluginRegistry plugins, Register register, Backups backups, RootKey rootKey,
            Binding binding) {
        this.tenants = tenants;
        this.gate = gate;
        this.plugins = plugins;
        this.register = register;
        this.backups = backups;
        this.rootKey = rootKey;
        this.binding = binding;
    }

    Openings openings() {
        Map<Place, Set<String>> who = new TreeMap<>();
        Map<Place, Integer> clinics = new TreeMap<>();
        var unknown = new ArrayList<String>();
        var all = tenants.all();
        Map.of("backups", backups.addresses(), "root-key", rootKey.addresses())
                .forEach((name, addresses) -> addresses.stream().map(Place::of).forEach(place -> {
                    who.computeIfAbsent(place, any -> new TreeSet<>()).add(name);
                    clinics.put(place, all.size());
                }));
        for (var tenant : all) {
            try {
                needs(tenant).forEach((place, names) -> {
                    who.computeIfAbsent(place, any -> new TreeSet<>()).addAll(names);
                    clinics.merge(place, 1, (known, one) -> Math.min(known + one, all.size()));
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
