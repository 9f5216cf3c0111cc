// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * A JMH class whose method {@code ours} is this house and whose other methods are peers, each taking its turn.
 *
 * @param name as in the table of goals
 * @param type the JMH class
 * @param size the parameter of the class that is the size, for example {@code tenants}
 * @param usual the value of {@code size} that {@code name} alone stands for; another is put behind the name
 */
record Comparison(String name, Class<?> type, String size, String usual) implements Measurement {

    private static final String OURS = "ours";

    /** One line for each size. */
    @Override
    public List<Line> measure() {
        try {
            var results = new Runner(
                    new OptionsBuilder().include(type.getName() + "\\..*").shouldFailOnError(true).build())
                    .run();
            return bySize(results).entrySet().stream().map(one -> line(one.getKey(), one.getValue())).toList();
        } catch (RunnerException failed) {
            throw new IllegalStateException("'" + name + "' could not be measured", failed);
        }
    }

    private Map<Integer, Map<String, RunResult>> bySize(Collection<RunResult> results) {
        Map<Integer, Map<String, RunResult>> bySize = new TreeMap<>();
        for (var result : results) {
            var parameters = result.getParams();
            var method = parameters.getBenchmark().substring(parameters.getBenchmark().lastIndexOf('.') + 1);
            bySize.computeIfAbsent(Integer.valueOf(parameters.getParam(size)), any -> new TreeMap<>())
                    .put(method, result);
        }
        return bySize;
    }

    private Line line(int value, Map<String, RunResult> results) {
        var best = results.entrySet()
                .stream()
                .filter(one -> !one.getKey().equals(OURS))
                .min(Comparator.comparingDouble(one -> score(one.getValue())))
                .orElseThrow();
        var ours = results.get(OURS);
        if (ours == null) {
            throw new IllegalStateException("'" + type.getName() + "' has no method 'ours'");
        }
        return new Line(Integer.toString(value).equals(usual) ? name : name + "-" + value, score(ours),
                score(best.getValue()), best.getKey(), ours.getPrimaryResult().getScoreUnit());
    }

    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }
}
