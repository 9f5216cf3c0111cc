// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.sluse.plugin.PluginId;
import org.togglz.core.Feature;
import org.togglz.core.activation.Parameter;
import org.togglz.core.manager.FeatureManager;
import org.togglz.core.manager.FeatureManagerBuilder;
import org.togglz.core.repository.FeatureState;
import org.togglz.core.repository.mem.InMemoryStateRepository;
import org.togglz.core.spi.ActivationStrategy;
import org.togglz.core.user.FeatureUser;
import org.togglz.core.user.SimpleFeatureUser;
import org.togglz.core.util.NamedFeature;

/**
 * Togglz, in memory: a feature for each module, the clinic as the user. With a strategy that looks into a set, since its own by user name reads a list of names anew each time.
 */
public class TogglzManager extends Question {

    private final InMemoryStateRepository states = new InMemoryStateRepository();
    private final Feature[] features = PLUGINS.stream()
            .map(plugin -> new NamedFeature(plugin.value()))
            .toArray(Feature[]::new);
    private final Map<String, Set<String>> clinics = new HashMap<>();
    private FeatureUser[] users = {};
    // Without the thread's own place that a server would keep it in: that would be one more look-up.
    private FeatureUser asking = new SimpleFeatureUser("nobody");
    private final FeatureManager manager = new FeatureManagerBuilder()
            .featureProvider(new TogglzPairs.NothingButStates())
            .stateRepository(states)
            .userProvider(() -> asking)
            .activationStrategy(new ClinicsWithIt(clinics))
            .build();

    @Override
    void fill(boolean[] on) {
        users = IntStream.range(0, tenants)
                .mapToObj(tenant -> new SimpleFeatureUser(tenantId(tenant).value()))
                .toArray(FeatureUser[]::new);
        for (var feature : features) {
            states.setFeatureState(new FeatureState(feature, true).setStrategyId(ClinicsWithIt.ID));
            clinics.put(feature.name(), clinicsWith(new PluginId(feature.name()), on));
        }
    }

    @Override
    boolean ask(int pair) {
        asking = users[pair / PLUGINS.size()];
        return manager.isActive(features[pair % PLUGINS.size()]);
    }

    private static final class ClinicsWithIt implements ActivationStrategy {

        static final String ID = "clinics";

        private final Map<String, Set<String>> clinics;

        ClinicsWithIt(Map<String, Set<String>> clinics) {
            this.clinics = clinics;
        }

        @Override
        public String getId() {
            return ID;
        }

        @Override
        public String getName() {
            return ID;
        }

        @Override
        public boolean isActive(FeatureState state, FeatureUser user) {
            return clinics.getOrDefault(state.getFeature().name(), Set.of()).contains(user.getName());
        }

        @Override
        public Parameter[] getParameters() {
            return new Parameter[0];
        }
    }
}
