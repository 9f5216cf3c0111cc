// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sluse.host.gate.Stage;
import org.sluse.host.register.History.Founding;
import org.sluse.host.register.RegisterDocument.ActivityEntry;
import org.sluse.host.register.RegisterDocument.Controller;
import org.sluse.host.register.RegisterDocument.Manifest;
import org.sluse.host.register.RegisterDocument.RecipientEntry;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.ManualClock;

class HistoryTest {

    private static final Instant OPENED = ManualClock.NOON;
    private static final TenantId CLINIC = new TenantId("clinic-north");
    private static final TenantId OTHER = new TenantId("clinic-south");
    private static final Founding FOUNDING = new Founding(CLINIC, "Clinic North", "Frankfurt", OPENED, 0);
    private static final List<String> MODULES = List.of("alpha", "beta", "gamma");
    private static final int HISTORIES = 5_000;

    @Test
    void at_any_instant_the_register_is_what_the_toggles_manifests_and_settings_of_that_instant_say() {
        for (var seed = 0; seed < HISTORIES; seed++) {
            var facts = facts(new Random(seed));
            var steps = History.steps(FOUNDING, facts);

            for (var minute = 0; minute <= 60; minute++) {
                var then = OPENED.plus(Duration.ofMinutes(minute));
                assertThat(History.at(steps, then).orElseThrow().document())
                        .as("history %d, minute %d", seed, minute)
                        .isEqualTo(recomputed(facts, then));
            }
        }
    }

    @Test
    void what_was_said_stays_said_however_the_history_goes_on() {
        for (var seed = 0; seed < HISTORIES; seed++) {
            var facts = facts(new Random(seed));
            var whole = History.steps(FOUNDING, facts);
            var cut = new Random(seed).nextInt(facts.size() + 1);

            var early = History.steps(FOUNDING, facts.subList(0, cut));

            assertThat(whole.subList(0, early.size())).as("history %d", seed).isEqualTo(early);
        }
    }

    @Test
    void each_step_says_something_else_than_the_one_before_and_none_goes_back_in_time() {
        for (var seed = 0; seed < HISTORIES; seed++) {
            var steps = History.steps(FOUNDING, facts(new Random(seed)));

            for (var i = 1; i < steps.size(); i++) {
                assertThat(steps.get(i).document()).as("history %d", seed).isNotEqualTo(steps.get(i - 1).document());
                assertThat(steps.get(i).at()).as("history %d", seed).isAfterOrEqualTo(steps.get(i - 1).at());
            }
        }
    }

    @Test
    void of_several_changes_at_one_instant_the_last_is_in_force() {
        var steps = History.steps(FOUNDING,
                List.of(at(1, 5, new Fact.Switched("alpha", true)), at(2, 5, new Fact.Switched("beta", true)),
                        at(3, 5, new Fact.Switched("alpha", false))));

        assertThat(modules(steps, 5)).containsExactly("beta");
        assertThat(steps).hasSize(4);
    }

    @Test
    void a_node_whose_clock_is_behind_moves_nothing_before_what_was_there() {
        var steps = History.steps(FOUNDING,
                List.of(at(1, 9, new Fact.Switched("alpha", true)), at(2, 4, new Fact.Switched("alpha", false))));

        assertThat(modules(steps, 4)).isEmpty();
        assertThat(steps.get(1).at()).isEqualTo(minute(9));
        assertThat(steps.get(2).at()).isEqualTo(minute(9));
        assertThat(modules(steps, 9)).isEmpty();
    }

    @Test
    void a_change_that_changes_nothing_makes_no_step() {
        var steps = History.steps(FOUNDING,
                List.of(at(1, 1, new Fact.Switched("alpha", true)), at(2, 2, new Fact.Switched("alpha", true)),
                        at(3, 3, receives("beta", 1)), at(4, 4, receives("alpha", 0))));

        assertThat(steps).hasSize(2);
    }

    @Test
    void a_recipient_appears_and_disappears_with_the_toggle() {
        var steps = History.steps(FOUNDING, List.of(at(1, 1, receives("alpha", 1)),
                at(2, 2, new Fact.Switched("alpha", true)), at(3, 3, new Fact.Switched("alpha", false))));

        assertThat(recipients(steps, 1)).isEmpty();
        assertThat(recipients(steps, 2)).containsExactly("Recipient 1 of alpha");
        assertThat(recipients(steps, 3)).isEmpty();
    }

    @Test
    void what_the_operator_stops_or_holds_back_is_not_there_until_it_is_allowed_again() {
        var steps = History.steps(FOUNDING,
                List.of(at(1, 1, receives("alpha", 2)), at(2, 1, new Fact.Switched("alpha", true)),
                        at(3, 2, new Fact.Stopped("alpha", Optional.of("r1"), true)),
                        at(4, 3, new Fact.Stopped("alpha", Optional.empty(), true)),
                        at(5, 4, new Fact.Stopped("alpha", Optional.empty(), false)),
                        at(6, 5, new Fact.RolledOut("alpha", new Stage.Pilot(Set.of(OTHER)))),
                        at(7, 6, new Fact.RolledOut("alpha", new Stage.Pilot(Set.of(OTHER, CLINIC))))));

        assertThat(recipients(steps, 1)).containsExactly("Recipient 1 of alpha", "Recipient 2 of alpha");
        assertThat(recipients(steps, 2)).containsExactly("Recipient 2 of alpha");
        assertThat(modules(steps, 3)).isEmpty();
        assertThat(recipients(steps, 4)).containsExactly("Recipient 2 of alpha");
        assertThat(modules(steps, 5)).isEmpty();
        assertThat(modules(steps, 6)).containsExactly("alpha");
    }

    @Test
    void a_new_jar_changes_the_present_and_leaves_the_past() {
        var steps = History.steps(FOUNDING, List.of(at(1, 1, new Fact.Described("alpha", manifest("old"))),
                at(2, 2, new Fact.Switched("alpha", true)), at(3, 3, new Fact.Described("alpha", manifest("new")))));

        assertThat(History.at(steps, minute(2)).orElseThrow().document().activities().getFirst().manifest())
                .isEqualTo(manifest("old"));
        assertThat(History.at(steps, minute(3)).orElseThrow().document().activities().getFirst().manifest())
                .isEqualTo(manifest("new"));
    }

    @Test
    void what_was_there_before_the_clinic_belongs_to_its_first_step() {
        var facts = List.of(
                at(7, -3, new Fact.HostedAt("frankfurt", new Fact.Hosted(recipients("host", 1), List.of()))),
                at(8, 2, new Fact.Switched("alpha", true)));

        assertThat(History.through(OPENED, facts)).isEqualTo(7);
        var steps = History.steps(new Founding(CLINIC, "Clinic North", "Frankfurt", OPENED, 7), facts);
        assertThat(steps).hasSize(2);
        assertThat(steps.getFirst().document().always()).hasSize(1);
        assertThat(History.at(steps, OPENED.minusSeconds(1))).isEmpty();
    }

    @Test
    void who_hosts_at_another_location_is_nobody_to_this_clinic() {
        var facts = List.of(at(1, 1, hosted(Fact.EVERYWHERE, 1)), at(2, 2, hosted("oslo", 2)),
                at(3, 3, hosted("frankfurt", 0)), at(4, 4, hosted(Fact.EVERYWHERE, 2)));

        assertThat(History.steps(FOUNDING, facts)).extracting(step -> step.document().always().size())
                .containsExactly(0, 1, 0);
    }

    @Test
    void a_clinic_that_was_moved_has_the_hosts_of_its_new_location() {
        var facts = List.of(at(1, 1, hosted("frankfurt", 1)), at(2, 2, hosted("oslo", 2)),
                at(3, 3, new Fact.Placed("Oslo")));

        var steps = History.steps(FOUNDING, facts);

        assertThat(steps).extracting(step -> step.document().location())
                .containsExactly("Frankfurt", "Frankfurt", "Oslo");
        assertThat(steps.getLast().document().always()).hasSize(2);
    }

    private static Fact.HostedAt hosted(String location, int recipients) {
        return new Fact.HostedAt(location, new Fact.Hosted(recipients("host", recipients), List.of()));
    }

    /** The meaning of the register, written once more without any state: each part is what the newest fact about it says. */
    private static RegisterDocument recomputed(List<Fact> facts, Instant then) {
        var inForce = IntStream.range(0, facts.size())
                .filter(i -> facts.subList(0, i + 1).stream().noneMatch(fact -> fact.at().isAfter(then)))
                .mapToObj(facts::get)
                .toList();
        var activities = MODULES.stream()
                .filter(module -> newest(inForce,
                        change -> change instanceof Fact.Switched(var name, var on) && name.equals(module)
                                ? Optional.of(on)
                                : Optional.empty())
                        .orElse(false))
                .filter(module -> !stopped(inForce, module, Optional.empty()))
                .filter(module -> newest(inForce,
                        change -> change instanceof Fact.RolledOut(var name, var stage) && name.equals(module)
                                ? Optional.of(stage.admits(new PluginId(module), CLINIC))
                                : Optional.empty())
                        .orElse(true))
                .map(module -> new ActivityEntry(module,
                        newest(inForce,
                                change -> change instanceof Fact.Described(var name, var manifest)
                                        && name.equals(module) ? Optional.of(manifest) : Optional.empty())
                                .orElse(new Manifest(words(module), words(""), words(""), words(""), words(""),
                                        words(""))),
                        newest(inForce,
                                change -> change instanceof Fact.Receives(var name, var list) && name.equals(module)
                                        ? Optional.of(list)
                                        : Optional.empty())
                                .orElse(List.of())
                                .stream()
                                .filter(one -> !stopped(inForce, module, Optional.of(one.id())))
                                .toList()))
                .toList();
        var host = newest(inForce,
                change -> change instanceof Fact.HostedAt(var location, var hosted) && location.equals("frankfurt")
                        ? Optional.of(hosted)
                        : Optional.empty())
                .orElse(new Fact.Hosted(List.of(), List.of()));
        return new RegisterDocument("Clinic North", "Frankfurt",
                newest(inForce, change -> change instanceof Fact.Entered(var controller)
                        ? Optional.of(controller)
                        : Optional.empty()).orElse(Controller.UNKNOWN),
                activities, host.recipients(), host.measures());
    }

    private static boolean stopped(List<Fact> facts, String module, Optional<String> recipient) {
        return newest(facts,
                change -> change instanceof Fact.Stopped(var name, var to, var stopped) && name.equals(module)
                        && to.equals(recipient) ? Optional.of(stopped) : Optional.empty())
                .orElse(false);
    }

    private static <T> Optional<T> newest(List<Fact> facts, Function<Fact.Change, Optional<T>> about) {
        return facts.reversed().stream().map(fact -> about.apply(fact.change())).flatMap(Optional::stream).findFirst();
    }

    /** Up to 40 facts within an hour, many at the same minute, some by a clock that is behind. */
    private static List<Fact> facts(Random random) {
        var facts = new ArrayList<Fact>();
        var now = 0;
        for (var revision = 1; revision <= random.nextInt(40); revision++) {
            now = Math.min(60, now + random.nextInt(4));
            facts.add(at(revision, Math.max(0, random.nextInt(8) == 0 ? now - 7 : now), change(random)));
        }
        return facts;
    }

    private static Fact.Change change(Random random) {
        var module = MODULES.get(random.nextInt(MODULES.size()));
        return switch (random.nextInt(11)) {
            case 0 -> new Fact.Described(module, manifest("text " + random.nextInt(3)));
            case 1, 2 -> receives(module, random.nextInt(3));
            case 3 -> new Fact.HostedAt(random.nextBoolean() ? "frankfurt" : "oslo",
                    new Fact.Hosted(recipients("host", random.nextInt(2)), List.of(words("m" + random.nextInt(2)))));
            case 4 -> new Fact.Entered(new Controller("Clinic " + random.nextInt(2), "", "", "", ""));
            case 5 -> new Fact.Stopped(module,
                    random.nextBoolean() ? Optional.empty() : Optional.of("r" + random.nextInt(3)),
                    random.nextBoolean());
            case 6 -> new Fact.RolledOut(module, stage(random));
            default -> new Fact.Switched(module, random.nextBoolean());
        };
    }

    private static Stage stage(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Stage.Nobody();
            case 1 -> new Stage.Pilot(Set.of(random.nextBoolean() ? CLINIC : OTHER));
            case 2 -> new Stage.Percent(random.nextInt(101));
            default -> new Stage.Everybody();
        };
    }

    private static Fact at(long revision, int minute, Fact.Change change) {
        return new Fact(revision, minute(minute), change);
    }

    private static Instant minute(int minute) {
        return OPENED.plus(Duration.ofMinutes(minute));
    }

    private static Fact.Receives receives(String module, int count) {
        return new Fact.Receives(module, recipients(module, count));
    }

    static List<RecipientEntry> recipients(String of, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new RecipientEntry("r" + i, "Recipient " + i + " of " + of, "Street 1", "NO",
                        words("service"), words("data"), words("law"), Optional.empty(), Optional.of(List.of())))
                .toList();
    }

    static Manifest manifest(String text) {
        return new Manifest(words(text), words(text), words(text), words(text), words(text), words(text));
    }

    private static Words words(String text) {
        return new Words(text, text, text);
    }

    private static List<String> modules(List<History.Step> steps, int minute) {
        return History.at(steps, minute(minute))
                .orElseThrow()
                .document()
                .activities()
                .stream()
                .map(ActivityEntry::module)
                .toList();
    }

    private static List<String> recipients(List<History.Step> steps, int minute) {
        return History.at(steps, minute(minute))
                .orElseThrow()
                .document()
                .activities()
                .stream()
                .flatMap(entry -> entry.recipients().stream())
                .map(RecipientEntry::name)
                .toList();
    }
}
