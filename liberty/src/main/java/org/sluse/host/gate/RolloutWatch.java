// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.look.Look;
import org.sluse.plugin.PluginId;

/**
 * Takes a plugin one step back when too many calls fail while it is rolled out to a part of the clinics: more than 2 % of at least 50, on all nodes together. Back is the newest
 * earlier stage that is narrower; without one, nobody. Thread-safe.
 */
@OnePerNode
public final class RolloutWatch {

    static final int FEWEST_CALLS = 50;
    private static final int PERCENT_THAT_MAY_FAIL = 2;
    private static final Logger LOG = Logger.getLogger(RolloutWatch.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final Look look = new Look("rollouts");
    private final Map<PluginId, Calls> calls = new ConcurrentHashMap<>();
    private final ControlDatabase control;
    private final Restrictions restrictions;

    private record Calls(LongAdder all, LongAdder failed) {}

    private record Count(long calls, long failures) {

        boolean isOverBudget() {
            return calls >= FEWEST_CALLS && failures * 100 > calls * PERCENT_THAT_MAY_FAIL;
        }
    }

    @Inject
    RolloutWatch(ControlDatabase control, Restrictions restrictions) {
        this.control = control;
        this.restrictions = restrictions;
    }

    /** Looks from now on. */
    public void start() {
        look.every(BETWEEN_LOOKS, this::look);
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        look.stop();
    }

    /** A call to the plugin has ended. @param failed whether that was a failure of the plugin's; a database or a recipient that is away is none */
    public void count(PluginId plugin, boolean failed) {
        var counted = calls.computeIfAbsent(plugin, any -> new Calls(new LongAdder(), new LongAdder()));
        counted.all().increment();
        if (failed) {
            counted.failed().increment();
        }
    }

    /** One look. */
    void look() {
        for (var rollout : control.read(Rollout::newest)) {
            var counted = calls.remove(rollout.plugin());
            if (counted != null && rollout.stage().isPartial()
                    && add(rollout, counted.all().sum(), counted.failed().sum()).isOverBudget()) {
                takeBack(rollout);
            }
        }
    }

    private Count add(Rollout rollout, long all, long failed) {
        return control.write(handle -> handle
                .createQuery(
                        """
                                insert into rollout_count (revision, calls, failures) values (:revision, :calls, :failures)
                                on conflict (revision) do update
                                    set calls = rollout_count.calls + excluded.calls, failures = rollout_count.failures + excluded.failures
                                returning calls, failures""")
                .bind("revision", rollout.revision())
                .bind("calls", all)
                .bind("failures", failed)
                .map((row, context) -> new Count(row.getLong(1), row.getLong(2)))
                .one());
    }

    private void takeBack(Rollout failing) {
        var back = control.read(handle -> Rollout.history(handle, failing.plugin()))
                .stream()
                .filter(earlier -> earlier.revision() < failing.revision()
                        && earlier.stage().isNarrowerThan(failing.stage()))
                .findFirst()
                .<Stage>map(Rollout::stage)
                .orElseGet(Stage.Nobody::new);
        LOG.log(Level.SEVERE, "rollout-taken-back plugin={0} from={1} to={2}",
                new Object[]{failing.plugin(), failing.stage().name(), back.name()});
        restrictions.takeBack(failing, back);
    }
}
