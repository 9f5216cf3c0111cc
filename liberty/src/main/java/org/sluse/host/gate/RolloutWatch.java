// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
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
    private static final long LOOK_SECONDS = 5;

    private final ScheduledExecutorService executor = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("rollouts").factory());
    private final Map<PluginId, Calls> calls = new ConcurrentHashMap<>();
    private final ControlDatabase control;
    private final Toggles toggles;

    private record Calls(LongAdder all, LongAdder failed) {}

    private record Step(long revision, PluginId plugin, Stage stage) {

        static Step of(ResultSet row) throws SQLException {
            return new Step(row.getLong(1), new PluginId(row.getString(2)), Stage.of(row.getString(3), row.getInt(4),
                    Arrays.asList((String[]) row.getArray(5).getArray())));
        }
    }

    private record Count(long calls, long failures) {

        boolean isOverBudget() {
            return calls >= FEWEST_CALLS && failures * 100 > calls * PERCENT_THAT_MAY_FAIL;
        }
    }

    @Inject
    RolloutWatch(ControlDatabase control, Toggles toggles) {
        this.control = control;
        this.toggles = toggles;
    }

    /** Looks from now on. */
    public void start() {
        executor.scheduleWithFixedDelay(this::tryToLook, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        executor.shutdownNow();
    }

    /** A call to the plugin has ended. @param failed whether that was a failure of the plugin's; a database or a recipient that is away is none */
    public void count(PluginId plugin, boolean failed) {
        var counted = calls.computeIfAbsent(plugin, any -> new Calls(new LongAdder(), new LongAdder()));
        counted.all().increment();
        if (failed) {
            counted.failed().increment();
        }
    }

    private void tryToLook() {
        try {
            look();
        } catch (RuntimeException unreachable) {
            // An executor would silently never call again; the next look is in five seconds.
            LOG.log(Level.WARNING, "rollouts-not-looked-at cause={0}", unreachable.getClass().getName());
        }
    }

    /** One look. */
    void look() {
        for (var step : control.read(RolloutWatch::newest)) {
            var counted = calls.remove(step.plugin());
            if (counted != null && step.stage().isPartial()
                    && add(step, counted.all().sum(), counted.failed().sum()).isOverBudget()) {
                stepBack(step);
            }
        }
    }

    private Count add(Step step, long all, long failed) {
        return control.write(handle -> handle
                .createQuery(
                        """
                                insert into rollout_count (revision, calls, failures) values (:revision, :calls, :failures)
                                on conflict (revision) do update
                                    set calls = rollout_count.calls + excluded.calls, failures = rollout_count.failures + excluded.failures
                                returning calls, failures""")
                .bind("revision", step.revision())
                .bind("calls", all)
                .bind("failures", failed)
                .map((row, context) -> new Count(row.getLong(1), row.getLong(2)))
                .one());
    }

    private void stepBack(Step failing) {
        var back = control.read(handle -> all(handle, failing.plugin()))
                .stream()
                .filter(step -> step.revision() < failing.revision() && step.stage().isNarrowerThan(failing.stage()))
                .reduce((_, later) -> later)
                .<Stage>map(Step::stage)
                .orElseGet(Stage.Nobody::new);
        LOG.log(Level.SEVERE, "rollout-taken-back plugin={0} from={1} to={2}",
                new Object[]{failing.plugin(), failing.stage().name(), back.name()});
        toggles.stepBack(failing.plugin(), failing.revision(), back);
    }

    private static List<Step> newest(Handle handle) {
        return handle.createQuery(
                "select distinct on (plugin) revision, plugin, stage, percent, pilots from rollout order by plugin, revision desc")
                .map((row, context) -> Step.of(row))
                .list();
    }

    private static List<Step> all(Handle handle, PluginId plugin) {
        return handle.createQuery(
                "select revision, plugin, stage, percent, pilots from rollout where plugin = :plugin order by revision")
                .bind("plugin", plugin.value())
                .map((row, context) -> Step.of(row))
                .list();
    }
}
