// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.ff4j.FF4j;
import org.ff4j.core.Feature;
import org.ff4j.core.FlippingExecutionContext;
import org.ff4j.store.InMemoryFeatureStore;
import org.ff4j.strategy.ClientFilterStrategy;

/** FF4J, in memory, its own audit off: a feature for each module with its own filter by client, the clinic as the client. */
public class Ff4jStore extends Question {

    private final FF4j ff4j = new FF4j();
    private FlippingExecutionContext[] contexts = {};

    @Override
    void fill(boolean[] on) {
        Map<String, Feature> features = new HashMap<>();
        for (var plugin : PLUGINS) {
            var feature = new Feature(plugin.value(), true);
            feature.setFlippingStrategy(new ClientFilterStrategy(String.join(",", clinicsWith(plugin, on))));
            features.put(plugin.value(), feature);
        }
        ff4j.setFeatureStore(new InMemoryFeatureStore(features));
        contexts = IntStream.range(0, tenants)
                .mapToObj(tenant -> new FlippingExecutionContext(
                        Map.of(ClientFilterStrategy.CLIENT_HOSTNAME, tenantId(tenant).value())))
                .toArray(FlippingExecutionContext[]::new);
    }

    @Override
    boolean ask(int pair) {
        return ff4j.check(pluginOf(pair).value(), contexts[pair / PLUGINS.size()]);
    }
}
