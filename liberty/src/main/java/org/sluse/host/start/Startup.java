// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.start;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import org.sluse.host.backup.BackupWatch;
import org.sluse.host.backup.Backups;
import org.sluse.host.backup.Moves;
import org.sluse.host.leave.OffBoarding;
import org.sluse.host.backup.RestoreOrder;
import org.sluse.host.certificate.CertificateWatch;
import org.sluse.host.cluster.Cluster;
import org.sluse.host.comparison.ComparisonWatch;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.RolloutWatch;
import org.sluse.host.gate.GateKeeper;
import org.sluse.host.log.LogKeeper;
import org.sluse.host.operate.ClinicNotices;
import org.sluse.host.paper.PaperWatch;
import org.sluse.host.register.RegisterStart;
import org.sluse.host.timer.PluginTimers;

/** Starts the node: what is to be restored, logs, toggles, the other nodes, register, papers, timers, notices to clinics, certificate. */
@OnePerNode
final class Startup {

    private static final Logger LOG = Logger.getLogger(Startup.class.getName());

    @Inject
    RestoreOrder restore;
    @Inject
    Backups backups;
    @Inject
    BackupWatch backupWatch;
    @Inject
    Moves moves;
    @Inject
    OffBoarding offBoarding;
    @Inject
    GateKeeper gate;
    @Inject
    Cluster cluster;
    @Inject
    RegisterStart register;
    @Inject
    PaperWatch papers;
    @Inject
    PluginTimers timers;
    @Inject
    RolloutWatch rollouts;
    @Inject
    ComparisonWatch comparisons;
    @Inject
    LogKeeper logs;
    @Inject
    ClinicNotices notices;
    @Inject
    CertificateWatch certificate;
    @Inject
    NodeState state;

    void start(@Observes @Initialized(ApplicationScoped.class) Object context) {
        backups.start();
        restore.carryOut();
        logs.start();
        gate.start();
        cluster.start();
        register.start();
        papers.start();
        timers.start();
        rollouts.start();
        comparisons.start();
        backupWatch.start();
        moves.start();
        offBoarding.start();
        notices.start();
        certificate.start();
        state.started();
        LOG.info("node-ready");
    }
}
