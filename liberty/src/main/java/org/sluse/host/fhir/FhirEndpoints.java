// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.fhir;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sluse.fhir.FhirEndpoint;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.plugin.PluginId;

/** The endpoints by name, with the plugin that each belongs to. */
@OnePerNode
public final class FhirEndpoints {

    private final Map<String, Owned> byName;

    /** An endpoint and its plugin. */
    record Owned(FhirEndpoint endpoint, PluginId plugin) {}

    @Inject
    FhirEndpoints(@Any Instance<FhirEndpoint> beans, PluginRegistry plugins) {
        this.byName = beans.handlesStream()
                .map(handle -> new Owned(handle.get(), plugins.owner(handle.getBean().getBeanClass())))
                .collect(Collectors.toUnmodifiableMap(owned -> owned.endpoint().name(), owned -> owned));
    }

    /** Whether the address is the host's own, and so there whatever is on. @param rest what follows the clinic, without a leading slash */
    public static boolean isHosts(String name, String rest) {
        return ClinicFhir.has(name, rest);
    }

    /** Whose endpoint has this name. */
    public Optional<PluginId> owner(String name) {
        return find(name).map(Owned::plugin);
    }

    Optional<Owned> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Map<String, Owned> all() {
        return byName;
    }
}
