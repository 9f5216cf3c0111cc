// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.timer;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sluse.actor.Actor;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.Gate;
import org.sluse.host.look.Look;
import org.sluse.host.tenant.Binding;
import org.sluse.tenant.TenantId;

/** One task of db-scheduler for each {@link NightTimer}, one instance of it for each clinic. Thread-safe. */
@OnePerNode
final class NightTimers {

    private static final Logger LOG = Logger.getLogger(NightTimers.class.getName());
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(15);
    private static final Duration WHILE_UNCONFIRMED = Duration.ofSeconds(1);
    /** Of the threads that timers share; after a night of downtime every clinic is due at the same moment. */
    static final int MOST_AT_ONCE = 8;
    private static final Duration WHILE_FULL = Duration.ofSeconds(30);
    /** Nodes of all locations take from one table; what is another location's goes back, so that a node of it may be luckier. */
    private static final Duration WHILE_ELSEWHERE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(15);

    private final Supplier<Stream<NightTimer>> timers;
    private final Gate gate;
    private final Binding binding;
    private final Clock clock;
    private final Look look = new Look("nights");
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    @Inject
    NightTimers(@Any Instance<NightTimer> beans, Gate gate, Binding binding, Clock clock) {
        this(beans::stream, gate, binding, clock);
    }

    /** @param timers what there is to do each night */
    NightTimers(Supplier<Stream<NightTimer>> timers, Gate gate, Binding binding, Clock clock) {
        this.timers = timers;
        this.gate = gate;
        this.binding = binding;
        this.clock = clock;
    }

    List<CustomTask<Void>> tasks() {
        return timers.get().map(this::task).toList();
    }

    /** Sees to it, again and again, that each clinic has its turn; those too that are opened later. */
    void startedWith(Scheduler running) {
        look.every(BETWEEN_LOOKS, () -> schedule(running));
    }

    private void schedule(Scheduler running) {
        timers.get().forEach(timer -> {
            var known = new HashSet<String>();
            running.fetchScheduledExecutionsForTask(taskName(timer), Void.class,
                    (ScheduledExecution<Void> one) -> known.add(one.getTaskInstance().getId()));
            gate.tenants()
                    .stream()
                    .filter(tenant -> !known.contains(tenant.id().value()))
                    .forEach(tenant -> running.scheduleIfNotExists(
                            new TaskInstance<Void>(taskName(timer), tenant.id().value()),
                            Night.next(tenant.id(), clock.instant())));
        });
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        look.stop();
    }

    private CustomTask<Void> task(NightTimer timer) {
        return Tasks.custom(taskName(timer), Void.class)
                .onFailure((ExecutionComplete complete, ExecutionOperations<Void> operations) -> {
                    LOG.log(Level.WARNING, "night-failed timer=" + timer.name() + " tenant="
                            + complete.getExecution().taskInstance.getId() + " cause="
                            + complete.getCause().map(cause -> cause.getClass().getName()).orElse("unknown"));
                    operations.reschedule(complete, clock.instant().plus(AFTER_FAILURE));
                })
                .execute((instance, context) -> {
                    var next = run(timer, new TenantId(instance.getId()));
                    return (complete, operations) -> next.ifPresentOrElse(
                            at -> operations.reschedule(complete, at), operations::remove);
                });
    }

    /** Runs it for the clinic when there is a place. @return when its next turn is; empty when there is no such clinic any more */
    Optional<Instant> run(NightTimer timer, TenantId id) {
        if (!gate.isConfirmed()) {
            return Optional.of(clock.instant().plus(WHILE_UNCONFIRMED));
        }
        if (gate.isElsewhere(id)) {
            return Optional.of(clock.instant().plus(WHILE_ELSEWHERE));
        }
        if (!places.tryAcquire()) {
            return Optional.of(clock.instant().plus(WHILE_FULL));
        }
        try {
            var tenant = gate.tenant(id);
            tenant.ifPresent(one -> binding.run(one, Actor.timer(timer.name()), timer::run));
            return tenant.map(one -> Night.next(id, clock.instant()));
        } finally {
            places.release();
        }
    }

    private static String taskName(NightTimer timer) {
        return "core/" + timer.name();
    }
}
