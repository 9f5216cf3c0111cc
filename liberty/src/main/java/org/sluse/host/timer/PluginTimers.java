// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.timer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import org.sluse.host.config.OnePerNode;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.Actor;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.GateKeeper;
import org.sluse.host.gate.Nodes;
import org.sluse.host.look.Look;
import org.sluse.host.plugin.Bulkheads;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;
import org.sluse.timer.Timer;
import org.sluse.timer.Timers;

/** One task of db-scheduler for each named timer of a plugin, one instance of it for each tenant; beside them those of the host. */
@OnePerNode
public final class PluginTimers {

    private static final Logger LOG = Logger.getLogger(PluginTimers.class.getName());
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration WHILE_UNCONFIRMED = Duration.ofSeconds(1);
    /** A node that died is found out after four of these, and its runs are begun again by another. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 4;
    private static final int THREADS = 32;
    private static final Duration WHILE_FULL = Duration.ofSeconds(2);
    /** Nodes of all locations take from one table; what is another location's goes back soon, so that a node of it may be luckier. */
    private static final Duration WHILE_ELSEWHERE = Duration.ofSeconds(2);

    private final ControlDatabase control;
    private final Gate gate;
    private final Nodes nodes;
    private final Binding binding;
    private final PluginRegistry plugins;
    private final TimerPlaces places;
    private final Instance<Timer> beans;
    private final Clock clock;
    private final NightTimers nights;
    // One after the other, so that a plugin that comes on for ten thousand clinics at once takes one connection of the control database and not all.
    private final Look waking = new Look("timers-wake");
    private volatile List<Owned> timers = List.of();
    private volatile @Nullable Scheduler scheduler;

    private record Owned(PluginId plugin, Timer timer) {

        String taskName() {
            return plugin + "/" + timer.name();
        }
    }

    @Inject
    PluginTimers(ControlDatabase control, Gate gate, Nodes nodes, Binding binding, PluginRegistry plugins,
            Bulkheads bulkheads, @Any Instance<Timer> beans, Clock clock, NightTimers nights) {
        this.control = control;
        this.gate = gate;
        this.nodes = nodes;
        this.binding = binding;
        this.plugins = plugins;
        this.places = new TimerPlaces(bulkheads, THREADS / 2);
        this.beans = beans;
        this.clock = clock;
        this.nights = nights;
    }

    /** Starts to run what is due. */
    public void start() {
        timers = StreamSupport.stream(beans.handles().spliterator(), false)
                .map(handle -> new Owned(plugins.owner(handle.getBean().getBeanClass()), handle.get()))
                .toList();
        var tasks = Stream.concat(timers.stream().map(this::task), nights.tasks().stream()).toList();
        var started = Scheduler.create(control.source(), List.copyOf(tasks))
                .threads(THREADS)
                .pollingInterval(Duration.ofSeconds(1))
                .enableImmediateExecution()
                .shutdownMaxWait(Duration.ofSeconds(5))
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .schedulerName(new SchedulerName.Fixed(nodes.self().toString()))
                .build();
        scheduler = started;
        started.start();
        nights.startedWith(started);
        // What a node that died was about to wake nobody else has heard of.
        timers.forEach(owned -> gate.tenantsWith(owned.plugin()).forEach(tenant -> wakeLater(owned, tenant)));
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        waking.stop();
        var running = scheduler;
        if (running != null) {
            running.stop();
        }
    }

    private CustomTask<Void> task(Owned owned) {
        return Tasks.custom(owned.taskName(), Void.class)
                .onFailure((ExecutionComplete complete,
                        com.github.kagkarlsson.scheduler.task.ExecutionOperations<Void> operations) -> {
                    LOG.log(Level.WARNING, "timer-failed timer=" + owned.taskName() + " cause="
                            + complete.getCause().map(cause -> cause.getClass().getName()).orElse("unknown"));
                    operations.reschedule(complete, clock.instant().plus(AFTER_FAILURE));
                })
                .execute((instance, context) -> {
                    var next = run(owned, new TenantId(instance.getId()));
                    return (complete, operations) -> {
                        if (wasWoken(instance)) {
                            operations.reschedule(complete, clock.instant());
                        } else if (next.isPresent()) {
                            operations.reschedule(complete, next.get());
                        } else {
                            operations.remove();
                            // Who woke it between the look above and here found it running still.
                            if (wasWoken(instance)) {
                                wake(owned.taskName(), new TenantId(instance.getId()));
                            }
                        }
                    };
                });
    }

    /** A timer of a plugin that is off is not run and sleeps until the plugin is on again; one of which a node does not know whether it is waits until it does. */
    private Optional<Instant> run(Owned owned, TenantId id) {
        if (!gate.isConfirmed()) {
            return Optional.of(clock.instant().plus(WHILE_UNCONFIRMED));
        }
        if (gate.isElsewhere(id)) {
            return Optional.of(clock.instant().plus(WHILE_ELSEWHERE));
        }
        var tenant = gate.tenantWith(id, owned.plugin());
        return tenant.isPresent()
                ? places.run(owned.plugin(), id, clock.instant().plus(WHILE_FULL),
                        () -> binding.call(tenant.get(), Actor.timer(owned.timer().name()),
                                () -> owned.timer().run(clock.instant())))
                : Optional.empty();
    }

    private void wake(String taskName, TenantId tenant) {
        var running = scheduler;
        if (running != null && !moved(running, taskName, tenant)) {
            // It runs at this moment, and may have looked already at what it is woken for.
            control.write(handle -> handle.createUpdate(
                    "insert into timer_wake (task_name, task_instance) values (:task, :instance) on conflict do nothing")
                    .bind("task", taskName)
                    .bind("instance", tenant.value())
                    .execute());
            // If the run has ended in between, nobody has read that.
            moved(running, taskName, tenant);
        }
    }

    /** Makes it due now. @return whether that is so; not while it runs */
    private boolean moved(Scheduler running, String taskName, TenantId tenant) {
        var now = clock.instant();
        try {
            return running.scheduleIfNotExists(new TaskInstance<Void>(taskName, tenant.value()), now)
                    || running.reschedule(TaskInstanceId.of(taskName, tenant.value()), now);
        } catch (TaskInstanceCurrentlyExecutingException itRuns) {
            return false;
        }
    }

    private boolean wasWoken(TaskInstance<Void> instance) {
        return control.write(handle -> handle
                .createUpdate("delete from timer_wake where task_name = :task and task_instance = :instance")
                .bind("task", instance.getTaskName())
                .bind("instance", instance.getId())
                .execute()) > 0;
    }

    /** Later: waking writes, and who tells of the switch waits for nobody. */
    void switched(@Observes GateKeeper.Switched change) {
        if (change.on()) {
            timers.stream()
                    .filter(owned -> owned.plugin().equals(change.plugin()))
                    .forEach(owned -> wakeLater(owned, change.tenant()));
        }
    }

    private void wakeLater(Owned owned, Tenant tenant) {
        waking.once(AFTER_FAILURE, () -> wake(owned.taskName(), tenant.id()));
    }

    @Produces
    @Dependent
    Timers timers(InjectionPoint point) {
        var asking = PluginRegistry.asking(point);
        return name -> wake(plugins.owner(asking) + "/" + name, binding.tenant().id());
    }
}
