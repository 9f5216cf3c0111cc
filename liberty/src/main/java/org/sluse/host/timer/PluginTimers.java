// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.timer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.Actor;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.Toggles;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;
import org.sluse.timer.Timer;
import org.sluse.timer.Timers;

/** One task of db-scheduler for each named timer of a plugin, one instance of it for each tenant. */
@OnePerNode
public final class PluginTimers {

    private static final Logger LOG = Logger.getLogger(PluginTimers.class.getName());
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final int THREADS = 4;

    private final ControlDatabase control;
    private final Gate gate;
    private final Binding binding;
    private final PluginRegistry plugins;
    private final Instance<Timer> beans;
    private final Clock clock;
    private final List<Owned> timers = new ArrayList<>();
    private @Nullable Scheduler scheduler;

    private record Owned(PluginId plugin, Timer timer) {

        String taskName() {
            return plugin + "/" + timer.name();
        }
    }

    @Inject
    PluginTimers(ControlDatabase control, Gate gate, Binding binding, PluginRegistry plugins,
            @Any Instance<Timer> beans, Clock clock) {
        this.control = control;
        this.gate = gate;
        this.binding = binding;
        this.plugins = plugins;
        this.beans = beans;
        this.clock = clock;
    }

    /** Starts to run what is due. */
    public void start() {
        for (var handle : beans.handles()) {
            timers.add(new Owned(plugins.owner(handle.getBean().getBeanClass()), handle.get()));
        }
        var tasks = timers.stream().map(this::task).toList();
        scheduler = Scheduler.create(control.source(), List.copyOf(tasks))
                .threads(THREADS)
                .pollingInterval(Duration.ofSeconds(1))
                .enableImmediateExecution()
                .shutdownMaxWait(Duration.ofSeconds(5))
                .schedulerName(new SchedulerName.Fixed("node"))
                .build();
        scheduler.start();
        timers.forEach(
                owned -> gate.tenantsWith(owned.plugin()).forEach(tenant -> wake(owned.taskName(), tenant.id())));
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        if (scheduler != null) {
            scheduler.stop();
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
                    return (complete, operations) -> next.ifPresentOrElse(at -> operations.reschedule(complete, at),
                            operations::remove);
                });
    }

    /** A timer of a plugin that is off is not run and sleeps until the plugin is on again. */
    private Optional<Instant> run(Owned owned, TenantId id) {
        var tenant = gate.tenant(id);
        return tenant.isPresent() && gate.isOn(id, owned.plugin())
                ? binding.call(tenant.get(), Actor.timer(owned.timer().name()),
                        () -> owned.timer().run(clock.instant()))
                : Optional.empty();
    }

    private void wake(String taskName, TenantId tenant) {
        if (scheduler != null) {
            var id = TaskInstanceId.of(taskName, tenant.value());
            var now = clock.instant();
            var instance = new com.github.kagkarlsson.scheduler.task.TaskInstance<Void>(taskName, tenant.value());
            if (!scheduler.scheduleIfNotExists(instance, now)) {
                // It is running at this moment, or waits for a later time. A run that is under way keeps its own next time.
                scheduler.reschedule(id, now);
            }
        }
    }

    void switched(@Observes Toggles.Switched change) {
        if (change.on()) {
            timers.stream()
                    .filter(owned -> owned.plugin().equals(change.plugin()))
                    .forEach(owned -> wake(owned.taskName(), change.tenant().id()));
        }
    }

    @Produces
    @Dependent
    Timers timers(InjectionPoint point) {
        var asking = PluginRegistry.asking(point);
        return name -> wake(plugins.owner(asking) + "/" + name, binding.tenant().id());
    }
}
