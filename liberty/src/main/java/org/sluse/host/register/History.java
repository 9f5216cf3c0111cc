// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sluse.host.gate.Stage;
import org.sluse.host.location.Location;
import org.sluse.host.register.RegisterDocument.ActivityEntry;
import org.sluse.host.register.RegisterDocument.Controller;
import org.sluse.host.register.RegisterDocument.Manifest;
import org.sluse.host.register.RegisterDocument.RecipientEntry;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/**
 * What a clinic's register said when: a pure function of facts. The order of revisions decides; a clock that went back moves nothing before what was there
 * already.
 */
final class History {

    /**
     * Where a history begins.
     *
     * @param location where the clinic's data rested then
     * @param at when the clinic was opened
     * @param through facts up to this revision were there before it
     */
    record Founding(TenantId tenant, String clinic, String location, Instant at, long through) {}

    /**
     * From when on the register said something else.
     *
     * @param fact revision of the fact that changed it; that of {@link Founding#through} for the first
     * @param at never earlier than the step before
     */
    record Step(long fact, Instant at, RegisterDocument document) {}

    private static final Fact.Hosted NOT_SAID = new Fact.Hosted(List.of(), List.of());

    private final Founding founding;
    private final TreeSet<String> on = new TreeSet<>();
    private final Map<String, Stage> stages = new HashMap<>();
    private final Set<Fact.Stopped> stopped = new HashSet<>();
    private final Map<String, Manifest> manifests = new HashMap<>();
    private final Map<String, List<RecipientEntry>> recipients = new HashMap<>();
    private String location;
    private Controller controller = Controller.UNKNOWN;
    private final Map<String, Fact.Hosted> hosts = new HashMap<>();

    private History(Founding founding) {
        this.founding = founding;
        this.location = founding.location();
    }

    /** Every step, the first being the founding. @param facts in the order of their revisions */
    static List<Step> steps(Founding founding, List<Fact> facts) {
        var history = new History(founding);
        var steps = new ArrayList<Step>();
        facts.stream()
                .filter(fact -> fact.revision() <= founding.through())
                .forEach(fact -> history.take(fact.change()));
        var last = new Step(founding.through(), founding.at(), history.document());
        steps.add(last);
        var now = founding.at();
        for (var fact : facts) {
            if (fact.revision() > founding.through()) {
                now = now.isAfter(fact.at()) ? now : fact.at();
                history.take(fact.change());
                var document = history.document();
                if (!document.equals(last.document())) {
                    last = new Step(fact.revision(), now, document);
                    steps.add(last);
                }
            }
        }
        return steps;
    }

    /** The revision of the last fact that was there when a clinic was opened, looking from the oldest; 0 for none. */
    static long through(Instant opened, List<Fact> facts) {
        return facts.stream().takeWhile(fact -> !fact.at().isAfter(opened)).mapToLong(Fact::revision).max().orElse(0);
    }

    /** The step in force at an instant; empty before the founding. */
    static Optional<Step> at(List<Step> steps, Instant instant) {
        return steps.reversed().stream().filter(step -> !step.at().isAfter(instant)).findFirst();
    }

    private void take(Fact.Change change) {
        switch (change) {
            case Fact.Switched switched when switched.on() -> on.add(switched.module());
            case Fact.Switched switched -> on.remove(switched.module());
            case Fact.Stopped(var module, var recipient, var isStopped) when isStopped ->
                stopped.add(new Fact.Stopped(module, recipient, true));
            case Fact.Stopped(var module, var recipient, var _) ->
                stopped.remove(new Fact.Stopped(module, recipient, true));
            case Fact.RolledOut(var module, var stage) -> stages.put(module, stage);
            case Fact.Described described -> manifests.put(described.module(), described.manifest());
            case Fact.Receives receives -> recipients.put(receives.module(), receives.recipients());
            case Fact.HostedAt(var location, var hosted) -> hosts.put(location, hosted);
            case Fact.Placed placed -> location = placed.location();
            case Fact.Entered entered -> controller = entered.controller();
        }
    }

    private RegisterDocument document() {
        var host = hosts.getOrDefault(Location.idOf(location),
                hosts.getOrDefault(Fact.EVERYWHERE, NOT_SAID));
        return new RegisterDocument(founding.clinic(), location, controller,
                on.stream()
                        .filter(this::isAllowed)
                        .map(module -> new ActivityEntry(module, manifests.getOrDefault(module, unknown(module)),
                                recipients.getOrDefault(module, List.of())
                                        .stream()
                                        .filter(recipient -> !isStopped(module, Optional.of(recipient.id())))
                                        .toList()))
                        .toList(),
                host.recipients(), host.measures());
    }

    /** What the operator stops or holds back processes nothing, whatever the clinic wants. */
    private boolean isAllowed(String module) {
        return !isStopped(module, Optional.empty()) && stages.getOrDefault(module, new Stage.Everybody())
                .admits(new PluginId(module), founding.tenant());
    }

    private boolean isStopped(String module, Optional<String> recipient) {
        return stopped.contains(new Fact.Stopped(module, recipient, true));
    }

    /** A module that was switched on before registers were kept, and whose jar has not been seen since. */
    private static Manifest unknown(String module) {
        var nothing = new Words("", "", "");
        return new Manifest(new Words(module, module, module), nothing, nothing, nothing, nothing, nothing);
    }
}
