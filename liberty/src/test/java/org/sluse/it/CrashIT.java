// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.it.agent.Step.ANSWER_TO_COME;
import static org.sluse.it.agent.Step.AUDIT_ENTRY_TO_COME;
import static org.sluse.it.agent.Step.BACKUP_FILE_TO_COME;
import static org.sluse.it.agent.Step.BACKUP_TO_BE_PROVED;
import static org.sluse.it.agent.Step.CALL_RESULT_TO_COME;
import static org.sluse.it.agent.Step.CALL_TO_COME;
import static org.sluse.it.agent.Step.CERTIFICATE_TO_COME;
import static org.sluse.it.agent.Step.COMMIT_TO_COME;
import static org.sluse.it.agent.Step.DATABASE_DROPPED;
import static org.sluse.it.agent.Step.DELIVERY_CHANGED;
import static org.sluse.it.agent.Step.ERASURE_CONFIRMED;
import static org.sluse.it.agent.Step.ERASURE_KEPT;
import static org.sluse.it.agent.Step.LEAVING_BEGUN;
import static org.sluse.it.agent.Step.LOG_SIGNED;
import static org.sluse.it.agent.Step.PERSONS_WRAPPED_ANEW;
import static org.sluse.it.agent.Step.REGISTER_GROWN;
import static org.sluse.it.agent.Step.ROTATION_BEGUN;
import static org.sluse.it.agent.Step.ROTATION_TO_END;
import static org.sluse.it.agent.Step.SCHEMA_MIGRATED;
import static org.sluse.it.agent.Step.SETTINGS_WRITTEN;
import static org.sluse.it.agent.Step.SWITCHED;
import static org.sluse.it.agent.Step.WITNESS_TO_COME;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluse.it.agent.Step;

/**
 * The server, or its PostgreSQL, is killed at each step of its work, while people of a clinic work on. What was acknowledged is there afterwards, what was answered has its entry in the trail, and an act that was cut
 * off can be done again. {@code -Dsluse.crash.only=STEP:VICTIM:SEED} repeats one, or all that a regular expression takes; {@code docs/campaigns/crashes.md} has the rest.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashIT {

    private static final int SEEDS = Integer.getInteger("sluse.crash.seeds", 1);
    private static final int BLIND = Integer.getInteger("sluse.crash.blind", 2);
    private static final String ONLY = System.getProperty("sluse.crash.only", "");
    private static final int LAST_SEED = 24;
    private static final boolean EACH_ALONE = !ONLY.isEmpty();
    /** Steps at which threads can stand at the same time, in the order in which they come there: none waits for what one before it holds. */
    private static final List<List<Step>> TOGETHER = List.of(
            List.of(LOG_SIGNED, AUDIT_ENTRY_TO_COME, SCHEMA_MIGRATED, SWITCHED),
            List.of(WITNESS_TO_COME, COMMIT_TO_COME, BACKUP_FILE_TO_COME, SETTINGS_WRITTEN),
            List.of(DELIVERY_CHANGED, ANSWER_TO_COME, ROTATION_BEGUN, LEAVING_BEGUN),
            List.of(CALL_TO_COME, BACKUP_TO_BE_PROVED, REGISTER_GROWN),
            List.of(CALL_RESULT_TO_COME, PERSONS_WRAPPED_ANEW, DATABASE_DROPPED),
            List.of(ERASURE_CONFIRMED, ROTATION_TO_END),
            List.of(ERASURE_KEPT, CERTIFICATE_TO_COME));
    private static final Done DONE = Done.of("crashes", SEEDS > 1);
    private static final int MOST_BEFORE = 60;
    private static final List<Integer> ALRIGHT = List.of(200, 201, 204);

    private Crashes crashes;
    private Clinic clinic;
    private Staff administrator;
    private Staff second;
    private Work work;
    private int made;

    @BeforeAll
    void begin() {
        crashes = Crashes.begin();
        clinic = Clinic.create(crashes.server()).with("video", "{}", "[\"addresses-visible\"]");
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        administrator = clinic.administrator();
        crashes.server()
                .operate("POST", "/tenants/" + clinic.id() + "/people",
                        "{\"subject\": \"administrator-2\", \"name\": \"Administrator 2\", \"roles\": [\"administrator\"]}");
        second = Staff.signIn(clinic, "administrator-2");
        work = new Work(clinic);
    }

    @AfterAll
    void end() {
        crashes.server().command("stop");
    }

    /** One kill finds threads at several steps; where one is repeated, each step has kills of its own. */
    static Stream<Arguments> points() {
        return (ONLY.isEmpty() ? IntStream.range(0, SEEDS) : IntStream.rangeClosed(0, LAST_SEED))
                .boxed()
                .flatMap(seed -> (EACH_ALONE ? alone() : TOGETHER.stream())
                        .flatMap(steps -> Arrays.stream(Crashes.Victim.values())
                                .filter(victim -> ONLY.isEmpty()
                                        ? !DONE.contains(name(steps, victim, seed))
                                        : name(steps, victim, seed).matches(ONLY))
                                .map(victim -> Arguments.of(steps, victim, seed))));
    }

    private static Stream<List<Step>> alone() {
        return Arrays.stream(Step.values()).map(List::of);
    }

    static IntStream blind() {
        return IntStream.range(0, ONLY.isEmpty() ? BLIND : 0).filter(seed -> !DONE.contains("blind " + seed));
    }

    private static String name(List<Step> steps, Crashes.Victim victim, int seed) {
        return steps.stream().map(Step::name).collect(Collectors.joining("+")) + ":" + victim + ":" + seed;
    }

    @Test
    @Order(0)
    void every_step_is_among_those_that_are_reached_together() {
        assertThat(TOGETHER.stream().flatMap(List::stream)).containsExactlyInAnyOrder(Step.values());
    }

    @ParameterizedTest(name = "{0}:{1}:{2}", allowZeroInvocations = true)
    @MethodSource("points")
    @Order(1)
    void what_was_acknowledged_is_there_after_a_kill(List<Step> steps, Crashes.Victim victim, int seed) {
        var acts = steps.stream().map(this::act).toList();
        try {
            work.begin(seed);
            var answers = new ArrayList<CompletableFuture<Integer>>();
            for (var one = 0; one < steps.size(); one++) {
                crashes.holdAt(steps.get(one));
                answers.add(CompletableFuture.supplyAsync(acts.get(one)::once));
                crashes.awaitHeldAt(steps.get(one));
            }
            crashes.kill(victim);
            answers.forEach(CompletableFuture::join);
        } finally {
            work.pause();
            crashes.letAllGo();
        }

        acts.forEach(Act::finish);
        work.requireKept(crashes);
        DONE.add(name(steps, victim, seed));
    }

    /** Wherever the work happens to be. */
    @ParameterizedTest(name = "blind {0}", allowZeroInvocations = true)
    @MethodSource("blind")
    @Order(1)
    void what_was_acknowledged_is_there_after_a_kill_that_nobody_awaited(int seed) {
        var random = new Random(seed);
        try {
            work.begin(seed);
            work.awaitAcknowledged(random.nextInt(MOST_BEFORE));
            crashes.kill(Crashes.Victim.values()[random.nextInt(Crashes.Victim.values().length)]);
        } finally {
            work.pause();
        }

        work.requireKept(crashes);
        DONE.add("blind " + seed);
    }

    @Test
    @Order(2)
    void every_log_is_proved_and_every_questionnaire_is_in_the_record_once() {
        assertThat(crashes.server().command("verify-log")).as("the operator's").isZero();
        assertThat(crashes.server().command("verify-log", clinic.id())).as("the clinic's").isZero();
        Await.until("all is delivered", 180, TimeUnit.SECONDS,
                () -> crashes.count(clinic, "epr.delivery where state <> 'DELIVERED'") == 0);
        var practitioner = clinic.practitioner();
        for (var sent : work.sent()) {
            assertThat(practitioner.get("/epr/deliveries?assessment=" + sent).body()).as(sent).contains("DELIVERED");
        }
        assertThat(crashes.count(clinic, "epr.sandbox_version where type = 'QuestionnaireResponse'"))
                .isEqualTo(crashes.count(clinic, "epr.delivery"));
    }

    /** What somebody does so that the step is reached. */
    private interface Act {

        /** Does it. @return the answer's status; 0 when there was none */
        int once();

        /** Does it until it is done. */
        default void finish() {
            Await.until("what was cut off can be done again", 60, TimeUnit.SECONDS, () -> ALRIGHT.contains(once()));
        }
    }

    private Act act(Step step) {
        return switch (step) {
            case AUDIT_ENTRY_TO_COME, COMMIT_TO_COME, ANSWER_TO_COME, DELIVERY_CHANGED, CALL_TO_COME,
                    CALL_RESULT_TO_COME, LOG_SIGNED, WITNESS_TO_COME ->
                () -> 200;
            case SCHEMA_MIGRATED -> newClinic();
            case SWITCHED -> () -> operate("PUT", "/tenants/" + clinic.id() + "/plugins/video",
                    "{\"on\": true, \"accept\": [\"addresses-visible\"]}");
            case SETTINGS_WRITTEN -> () -> operate("PUT", "/tenants/" + clinic.id() + "/plugins/epr/settings",
                    clinic.recordSettings(clinic.at("/sandbox/" + clinic.id())));
            case REGISTER_GROWN -> new Act() {

                private int name;

                @Override
                public int once() {
                    return status(() -> administrator.correct("/core/register/controller", "*",
                            "{\"name\": \"Clinic %d\", \"address\": \"Street %d\", \"contact\": \"post@clinic.example\"}"
                                    .formatted(++made, ++name)));
                }
            };
            case ROTATION_BEGUN, PERSONS_WRAPPED_ANEW, ROTATION_TO_END ->
                () -> operate("POST", "/tenants/" + clinic.id() + "/keys/rotation", "{}");
            case ERASURE_CONFIRMED, ERASURE_KEPT -> erasure();
            case BACKUP_FILE_TO_COME, BACKUP_TO_BE_PROVED ->
                () -> operate("POST", "/backups", "{\"tenant\": \"" + clinic.id() + "\"}");
            case LEAVING_BEGUN, DATABASE_DROPPED, CERTIFICATE_TO_COME -> leaving();
        };
    }

    /** One that was half made must not stand in the way of the same name. */
    private Act newClinic() {
        var name = "Fresh " + ++made;
        var id = name.toLowerCase(Locale.ROOT).replace(' ', '-');
        return () -> {
            var status = operate("POST", "/tenants",
                    """
                            {"name": "%s", "issuer": "%s", "clientId": "sluse", "clientSecret": "demo", "admin": "administrator-1"}"""
                            .formatted(name, crashes.server().identityProvider().resolve("/" + id)));
            return status == 409
                    ? status(() -> clinic.sibling(id).administrator().get("/core/people"))
                    : status;
        };
    }

    private Act erasure() {
        var number = "E-" + ++made;
        var person = work.onePatient(number);
        var asked = Clinic.json(administrator.send("POST", "/core/subjects/erasure",
                "{\"id\": \"%s\", \"dryRun\": false}".formatted(number))).get("asked").get("id").asText();
        return () -> {
            status(() -> second.send("POST", "/core/subjects/erasure",
                    "{\"id\": \"%s\", \"dryRun\": false, \"confirms\": \"%s\"}".formatted(number, asked)));
            return isOver(asked) && status(() -> clinic.practitioner().get("/epr/patients/" + person)) == 404 ? 200 : 0;
        };
    }

    private boolean isOver(String request) {
        try {
            var waiting = second.get("/core/subjects/erasure-requests");
            return waiting.statusCode() == 200 && !waiting.body().contains(request);
        } catch (RuntimeException | AssertionError cutOff) {
            return false;
        }
    }

    private Act leaving() {
        var leaver = Clinic.create(crashes.server());
        var asked = leaver.administrator()
                .send("POST", "/core/leave", "{\"name\": \"Clinic %s\"}".formatted(leaver.id().split("-")[1]));
        assertThat(ALRIGHT).as(asked.body()).contains(asked.statusCode());
        return () -> {
            status(() -> crashes.server()
                    .operateAs("Operator 1", "POST", "/tenants/" + leaver.id() + "/off-boarding",
                            "{\"dryRun\": false}"));
            return operate("GET", "/tenants/" + leaver.id() + "/certificate", "");
        };
    }

    private int operate(String method, String path, String body) {
        return status(() -> crashes.server().operate(method, path, body));
    }

    private static int status(Supplier<HttpResponse<String>> call) {
        try {
            return call.get().statusCode();
        } catch (RuntimeException | AssertionError cutOff) {
            return 0;
        }
    }
}
