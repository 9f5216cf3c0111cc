// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The OpenFeature SDK with its own provider in memory: a flag for each module, the clinic as the targeting key. */
public class OpenFeatureClient extends Question {

    private final Client client = OpenFeatureAPI.getInstance().getClient();
    private EvaluationContext[] contexts = {};

    @Override
    void fill(boolean[] on) {
        Map<String, Flag<?>> all = new HashMap<>();
        PLUGINS.forEach(plugin -> all.put(plugin.value(), flag(clinicsWith(plugin, on))));
        contexts = IntStream.range(0, tenants)
                .mapToObj(tenant -> new ImmutableContext(tenantId(tenant).value()))
                .toArray(EvaluationContext[]::new);
        OpenFeatureAPI.getInstance().setProviderAndWait(new InMemoryProvider(all));
    }

    @Override
    boolean ask(int pair) {
        return client.getBooleanValue(pluginOf(pair).value(), false, contexts[pair / PLUGINS.size()]);
    }

    private static Flag<Boolean> flag(Set<String> clinics) {
        return Flag.<Boolean>builder()
                .variant("on", true)
                .variant("off", false)
                .defaultVariant("off")
                .contextEvaluator((flag, context) -> clinics.contains(context.getTargetingKey()))
                .build();
    }
}
