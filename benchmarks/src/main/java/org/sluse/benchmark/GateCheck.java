// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to ask whether a clinic has a module on: the call that the request filter makes, beside the same question to libraries for feature
 * toggles, each asked for the clinic in the way that it has for that. What is asked with is made before the clock runs, for the peers too.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class GateCheck {

    /** Sluse. */
    @Benchmark
    public boolean ours(SluseGate question) {
        return question.askNext();
    }

    /** A peer. */
    @Benchmark
    public boolean togglz(TogglzManager question) {
        return question.askNext();
    }

    /** A peer. */
    @Benchmark
    public boolean ff4j(Ff4jStore question) {
        return question.askNext();
    }

    /** A peer. */
    @Benchmark
    public boolean openFeature(OpenFeatureClient question) {
        return question.askNext();
    }
}
