// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.ff4j.FF4j;
import org.ff4j.core.Feature;
import org.ff4j.store.InMemoryFeatureStore;

/** FF4J with a feature for each pair of clinic and module, in memory, its own audit off. */
public class Ff4jPairs extends Question {

    private final FF4j ff4j = new FF4j();
    private String[] names = {};

    @Override
    void fill(boolean[] on) {
        names = IntStream.range(0, on.length).mapToObj(Question::name).toArray(String[]::new);
        Map<String, Feature> features = new HashMap<>();
        for (var pair = 0; pair < on.length; pair++) {
            features.put(names[pair], new Feature(names[pair], on[pair]));
        }
        ff4j.setFeatureStore(new InMemoryFeatureStore(features));
    }

    @Override
    boolean ask(int pair) {
        return ff4j.check(names[pair]);
    }
}
