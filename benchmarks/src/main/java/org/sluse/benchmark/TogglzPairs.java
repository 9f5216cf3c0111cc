// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.Set;
import java.util.stream.IntStream;
import org.togglz.core.Feature;
import org.togglz.core.manager.FeatureManager;
import org.togglz.core.manager.FeatureManagerBuilder;
import org.togglz.core.metadata.FeatureMetaData;
import org.togglz.core.repository.FeatureState;
import org.togglz.core.repository.mem.InMemoryStateRepository;
import org.togglz.core.spi.FeatureProvider;
import org.togglz.core.user.NoOpUserProvider;
import org.togglz.core.util.NamedFeature;

/** Togglz with a feature for each pair of clinic and module, in memory. */
public class TogglzPairs extends Question {

    private final InMemoryStateRepository states = new InMemoryStateRepository();
    private final FeatureManager manager = new FeatureManagerBuilder().featureProvider(new NothingButStates())
            .stateRepository(states)
            .userProvider(new NoOpUserProvider())
            .build();
    private Feature[] features = {};

    @Override
    void fill(boolean[] on) {
        features = IntStream.range(0, on.length).mapToObj(pair -> new NamedFeature(name(pair))).toArray(Feature[]::new);
        for (var pair = 0; pair < on.length; pair++) {
            states.setFeatureState(new FeatureState(features[pair], on[pair]));
        }
    }

    @Override
    boolean ask(int pair) {
        return manager.isActive(features[pair]);
    }

    /** Togglz asks this for what its console shows; every feature here has a state already. */
    static final class NothingButStates implements FeatureProvider {

        @Override
        public Set<Feature> getFeatures() {
            return Set.of();
        }

        @Override
        public FeatureMetaData getMetaData(Feature feature) {
            throw new IllegalStateException("Feature " + feature.name() + " has no state");
        }
    }
}
