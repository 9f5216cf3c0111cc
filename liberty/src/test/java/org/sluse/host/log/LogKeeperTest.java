// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.host.data.TestClinics;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.tenant.Binding;
import org.sluse.host.written.LogId;
import org.sluse.problem.ProblemException;
import org.sluse.proof.Finding;
import org.sluse.tenant.Tenant;
import org.sluse.testkit.KnownTenant;

/** A clinic's log, from its entries to its proof. On a real PostgreSQL. */
class LogKeeperTest {

    private static final int WRITERS = 16;

    @TempDir
    Path folder;

    private final Tenant clinic = TestClinics.create();
    private final LogId log = LogId.of(clinic.id());
    private final Binding binding = new Binding();
    private LogsAtHand node;
    private TenantDatabase alpha;

    @BeforeEach
    void start() {
        node = new LogsAtHand(folder);
        TestClinics.DATABASES.asCore(clinic.id(), handle -> true);
        alpha = TestClinics.of(TestClinics.ALPHA, binding, node.clock);
    }

    @Test
    void an_entry_is_proved_once_it_is_signed() {
        write("1");
        node.keeper.catchUp(log);

        var verdict = node.verify(log);

        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.entries()).isEqualTo(1);
        assertThat(verdict.proved()).isEqualTo(1);
        assertThat(verdict.origin()).isEqualTo("sluse.example/clinic/" + clinic.id());
    }

    @Test
    void what_came_within_a_minute_of_the_last_checkpoint_is_signed_when_the_minute_is_over() {
        write("1");
        node.keeper.catchUp(log);
        node.clock.advance(Duration.ofSeconds(59));
        write("2");
        node.keeper.catchUp(log);
        assertThat(node.verify(log).proved()).isEqualTo(1);

        node.clock.advance(Duration.ofSeconds(1));
        node.keeper.catchUp(log);

        assertThat(node.verify(log).proved()).isEqualTo(2);
        assertThat(node.logs.standing(log).at()).contains(node.clock.instant());
    }

    @Test
    void nothing_is_signed_when_nothing_is_new() {
        write("1");
        node.keeper.catchUp(log);
        node.clock.advance(Duration.ofHours(1));

        node.keeper.catchUp(log);

        assertThat(node.verify(log).checkpoints()).isEqualTo(1);
    }

    @Test
    void no_entry_is_passed_over_however_long_its_transaction_took_and_whoever_rolled_back() throws Exception {
        // Each writer has its id before any commits; they commit and roll back in an order of their own, while the log is kept.
        var begun = new CountDownLatch(WRITERS);
        var turns = IntStream.range(0, WRITERS).mapToObj(any -> new CountDownLatch(1)).toList();
        Callable<Integer> keeping = () -> {
            begun.await();
            for (var turn : List.of(7, 3, 15, 0, 12, 1, 9, 4, 14, 2, 8, 11, 5, 13, 6, 10)) {
                node.keeper.catchUp(log);
                turns.get(turn).countDown();
            }
            return 0;
        };
        try (var threads = Executors.newFixedThreadPool(WRITERS + 1)) {
            var all = IntStream.range(0, WRITERS).mapToObj(writer -> threads.submit(() -> {
                try (var handle = RunningCluster.POSTGRES.open(database())) {
                    handle.begin();
                    for (var row = 0; row < 5; row++) {
                        insert(handle, writer + "-" + row);
                    }
                    begun.countDown();
                    turns.get(writer).await();
                    if (writer % 4 == 0) {
                        handle.rollback();
                    } else {
                        handle.commit();
                    }
                    return 0;
                }
            })).toList();
            threads.submit(keeping).get();
            for (var one : all) {
                one.get();
            }
        }
        node.clock.advance(Duration.ofMinutes(1));
        node.keeper.catchUp(log);

        var verdict = node.verify(log);
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.entries()).isEqualTo(5L * WRITERS * 3 / 4);
        assertThat(verdict.proved()).isEqualTo(verdict.entries());
    }

    @Test
    void two_nodes_keep_one_log() throws Exception {
        var other = new LogsAtHand(folder.resolve("other"));
        IntStream.range(0, 20).forEach(number -> write("both " + number));

        try (var threads = Executors.newFixedThreadPool(2)) {
            for (var done : threads.invokeAll(List.<Callable<Integer>>of(() -> keep(node), () -> keep(other)))) {
                done.get();
            }
        }

        assertThat(node.verify(log).findings()).isEmpty();
        assertThat(node.verify(log).entries()).isEqualTo(20);
    }

    @Test
    void what_a_node_that_died_has_left_is_found_by_the_next_one() {
        write("left");
        node.clock.advance(Duration.ofDays(30));

        var next = new LogsAtHand(folder.resolve("next"));
        next.clock.advance(Duration.ofDays(60));
        next.keeper.catchUp(log);

        assertThat(next.verify(log).proved()).isEqualTo(1);
    }

    @Test
    void an_entry_that_a_superuser_edits_deletes_or_cuts_off_is_named() {
        IntStream.range(0, 6).forEach(number -> write("object-" + number));
        node.keeper.catchUp(log);

        asSuperuser("update core.audit set actor_id = 'somebody' where object_id = 'object-2'");
        assertThat(node.verify(log).findings()).extracting(Finding::sentence).containsExactly("Entry 2 was edited.");

        asSuperuser("update core.audit set actor_id = 'practitioner-1' where object_id = 'object-2'");
        assertThat(node.verify(log).findings()).isEmpty();

        asSuperuser("delete from core.audit where object_id = 'object-4'");
        assertThat(node.verify(log).findings()).extracting(Finding::sentence)
                .containsExactly("Entry 4 was deleted; its hash is still there.");

        asSuperuser("delete from core.leaf where place >= 4");
        assertThat(node.verify(log).findings()).extracting(Finding::kind).containsExactly(Finding.Kind.TRUNCATED);
    }

    @Test
    void what_somebody_edited_is_an_alarm_after_the_next_night_and_until_a_night_that_finds_nothing() {
        IntStream.range(0, 3).forEach(number -> write("object-" + number));
        node.keeper.catchUp(log);
        assertThat(node.logs.isAltered(clinic.id())).isFalse();
        asSuperuser("update core.audit set actor_id = 'somebody' where object_id = 'object-1'");
        assertThat(node.logs.isAltered(clinic.id())).as("proved lately").isFalse();

        node.prover.prove(log);

        assertThat(node.alarm.causes()).containsEntry(log.toString(), "Entry 1 was edited.");
        assertThat(node.logs.isAltered(clinic.id())).isTrue();
        write("object-3");
        node.clock.advance(Duration.ofMinutes(1));
        node.keeper.catchUp(log);
        assertThat(node.alarm.causes()).as("what is signed is what the witness knows").containsKey(log.toString());

        asSuperuser("update core.audit set actor_id = 'practitioner-1' where object_id = 'object-1'");
        node.clock.advance(Duration.ofHours(12));

        assertThat(node.logs.isAltered(clinic.id())).isFalse();
        assertThat(node.alarm.causes()).doesNotContainKey(log.toString());
    }

    @Test
    void a_log_that_was_rolled_back_is_not_served_and_not_signed_until_somebody_takes_responsibility() {
        write("1");
        node.keeper.catchUp(log);
        node.clock.advance(Duration.ofMinutes(2));
        write("2");
        node.keeper.catchUp(log);
        asSuperuser("delete from core.audit where object_id = '2'", "delete from core.leaf where place = 1",
                "delete from core.checkpoint where size = 2");

        assertThatThrownBy(this::require).isInstanceOf(ProblemException.class)
                .hasMessageContaining("The clinic's log is not what its witness knows");
        assertThat(node.alarm.causes()).containsEntry("clinic/" + clinic.id(),
                "The log has 1 entries, and its witness knows of 2.");
        assertThat(node.verify(log).findings()).extracting(Finding::kind).containsExactly(Finding.Kind.ROLLED_BACK);
        node.clock.advance(Duration.ofMinutes(2));
        node.keeper.catchUpWhole(log);
        assertThat(node.verify(log).checkpoints()).as("nothing was signed").isEqualTo(1);

        haveRow();
        node.logs.acknowledge(log, "Restored from the backup of yesterday");

        require();
        assertThat(node.alarm.causes()).isEmpty();
        node.clock.advance(Duration.ofMinutes(2));
        write("3");
        node.keeper.catchUp(log);
        assertThat(node.verify(log).findings()).isEmpty();
        assertThat(node.verify(log).proved()).isEqualTo(2);
        assertThat(node.verify(log).acknowledged()).singleElement()
                .asString()
                .startsWith("From 2 entries back to 1: ")
                .endsWith(" Restored from the backup of yesterday");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_log_that_was_brought_back_and_has_gone_on_before_anybody_took_responsibility_is_proved_again(int since) {
        signEach("1", "2", "3", "4");
        asSuperuser("delete from core.audit where object_id in ('3', '4')", "delete from core.leaf where place >= 2",
                "delete from core.checkpoint where size > 2");
        IntStream.range(0, since).forEach(number -> write("other " + number));
        node.keeper.catchUp(log);
        assertThat(node.alarm.causes()).containsKey(log.toString());
        haveRow();

        node.logs.acknowledge(log, "Brought back to the second entry");
        signEach("5");

        assertThat(node.verify(log).findings()).isEmpty();
        assertThat(node.verify(log).proved()).isEqualTo(3 + since);
        assertThat(node.verify(log).acknowledged()).singleElement().asString().startsWith("From 4 entries back to 2: ");
        require();
        asSuperuser("update core.audit set actor_id = 'somebody' where object_id = '1'");
        assertThat(node.verify(log).findings()).extracting(Finding::sentence).containsExactly("Entry 0 was edited.");
    }

    static List<Arguments> alarms() {
        return List.of(
                Arguments.of("The log has 1 entries, and its witness knows of 3.",
                        List.of("delete from core.audit where object_id in ('2', '3')",
                                "delete from core.leaf where place >= 1",
                                "delete from core.checkpoint where size > 1")),
                Arguments.of("The log has 1 entries, and its witness knows of 3.",
                        List.of("delete from core.audit where object_id in ('2', '3')",
                                "delete from core.leaf where place >= 1")),
                Arguments.of("The newest entry that the log has a hash of is gone.",
                        List.of("delete from core.audit where object_id = '3'")),
                Arguments.of("The first 3 entries of the log are not those that its witness knows.",
                        List.of("update core.leaf set hash = decode(repeat('00', 32), 'hex') where place = 1",
                                "update core.checkpoint set peaks = decode(repeat('00', 32), 'hex')")),
                Arguments.of("The log has no hash of entry 1.",
                        List.of("delete from core.leaf where place = 1",
                                "delete from core.checkpoint where size > 1")));
    }

    @ParameterizedTest
    @MethodSource("alarms")
    void whatever_the_alarm_is_for_who_takes_responsibility_brings_the_clinic_back(String alarm, List<String> altered) {
        signEach("1", "2", "3");
        asSuperuser(altered.toArray(String[]::new));
        assertThatThrownBy(this::require).isInstanceOf(ProblemException.class);
        assertThat(node.alarm.causes()).containsEntry(log.toString(), alarm);
        haveRow();

        node.logs.acknowledge(log, "Altered in a test");

        require();
        signEach("4", "5", "6");
        require();
        assertThat(node.alarm.causes()).isEmpty();
        assertThat(witnessed()).isEqualTo(node.logs.standing(log).entries());
    }

    @Test
    void a_witness_of_another_key_is_acknowledged_too() throws IOException {
        signEach("1");
        var file = folder.resolve("witness/" + log + ".txt");
        Files.writeString(file, Files.readString(file).replaceFirst("sluse.example [^\\\\]+", "sluse.example AAAA"));
        assertThatThrownBy(this::require).isInstanceOf(ProblemException.class);
        assertThat(node.alarm.causes()).containsEntry(log.toString(),
                "The witness's newest checkpoint is not signed with this installation's key for this log.");
        haveRow();

        node.logs.acknowledge(log, "The key was lost");

        require();
        signEach("2");
        assertThat(witnessed()).isEqualTo(2);
    }

    @Test
    void a_log_whose_checkpoint_was_altered_is_served_and_signed_since_its_hashes_are_what_the_witness_knows() {
        signEach("1", "2");
        asSuperuser("update core.checkpoint set note = 'altered' where size = 2");

        require();
        signEach("3");

        assertThat(node.alarm.causes()).isEmpty();
        assertThat(witnessed()).isEqualTo(3);
        assertThat(node.verify(log).findings()).extracting(Finding::kind).containsOnly(Finding.Kind.CHECKPOINT);
    }

    @Test
    void a_log_that_cannot_be_signed_is_one_alarm_until_somebody_takes_responsibility() {
        signEach("1");
        write("2");
        write("3");
        node.clock.advance(Duration.ofSeconds(-90));
        node.keeper.catchUp(log);
        asSuperuser("delete from core.leaf where place = 1");
        haveRow();

        signEach("4", "5", "6");

        assertThat(node.alarm.causes()).containsEntry(log.toString(), "The log has no hash of entry 1.");
        assertThat(saidInTheOperatorsLog()).isEqualTo(1);
        node.logs.acknowledge(log, "Deleted in a test");
        signEach("7");
        assertThat(node.alarm.causes()).isEmpty();
        assertThat(witnessed()).isEqualTo(node.logs.standing(log).entries());
    }

    @Test
    void what_was_signed_before_an_acknowledged_roll_back_is_not_told_to_the_witness_again() {
        signEach("1", "2", "3");
        asSuperuser("delete from core.audit where object_id in ('2', '3')", "delete from core.leaf where place >= 1");
        haveRow();
        node.logs.acknowledge(log, "Altered in a test");

        signEach("4");

        assertThat(witnessed()).as("the acknowledgement").isEqualTo(1);
        assertThat(node.alarm.causes()).isEmpty();
    }

    @Test
    void a_witness_that_knows_nothing_is_told_piece_by_piece() {
        signEach("1", "2", "3");

        var first = TestClinics.DATABASES.asCore(clinic.id(), handle -> node.guard.store(log).notesAbove(handle, 0, 2));
        var rest = TestClinics.DATABASES.asCore(clinic.id(), handle -> node.guard.store(log).notesAbove(handle, 2, 2));

        assertThat(first).extracting(this::size).containsExactly(1L, 2L);
        assertThat(rest).extracting(this::size).containsExactly(3L);
    }

    @Test
    void a_folder_that_the_operator_has_named_is_not_made_and_what_it_missed_it_gets_once_it_is_there()
            throws IOException {
        var mounted = folder.resolve("disk/witness");
        node = new LogsAtHand(folder, mounted);
        signEach("1");
        require();
        assertThat(mounted).doesNotExist();
        assertThat(node.alarm.witness()).isEqualTo(WitnessState.UNREADABLE);

        Files.createDirectories(mounted);
        signEach("2");

        assertThat(node.alarm.witness()).isEqualTo(WitnessState.USABLE);
        assertThat(Files.readAllLines(mounted.resolve(log + ".txt"))).hasSize(2);
    }

    @Test
    void a_witness_that_cannot_be_written_is_an_alarm_until_it_has_what_it_missed() throws IOException {
        var inTheWay = Files.createFile(Files.createDirectories(folder.resolve("witness")).resolve("clinic"));
        signEach("1", "2");
        require();
        assertThat(node.alarm.witness()).isEqualTo(WitnessState.UNWRITABLE);
        assertThat(node.logs.all().witnessState()).isEqualTo(WitnessState.UNWRITABLE);

        Files.delete(inTheWay);
        node.keeper.catchUp(log);

        assertThat(node.alarm.witness()).as("without anything new to sign").isEqualTo(WitnessState.USABLE);
        assertThat(witnessed()).isEqualTo(2);
        assertThat(node.verify(log).findings()).isEmpty();
    }

    @Test
    void a_witness_of_a_log_that_somebody_else_keeps_now_is_no_alarm_here() throws IOException {
        Files.createFile(Files.createDirectories(folder.resolve("witness")).resolve("clinic"));
        signEach("1");

        node.guard.forget(log);

        assertThat(node.alarm.witness()).isEqualTo(WitnessState.USABLE);
    }

    @Test
    void there_is_nothing_to_acknowledge_in_a_log_as_it_should_be() {
        write("1");
        node.keeper.catchUp(log);

        assertThatThrownBy(() -> node.logs.acknowledge(log, "For no reason"))
                .hasMessageEndingWith("there is nothing to acknowledge");
        assertThatThrownBy(() -> node.logs.acknowledge(log, " "))
                .hasMessage("A reason is needed; right would be one line of at most 500 characters");
    }

    @Test
    void what_the_witness_missed_it_gets_with_the_next_checkpoint() throws IOException {
        write("1");
        node.keeper.catchUp(log);
        var file = folder.resolve("witness/" + log + ".txt");
        Files.delete(file);
        node.clock.advance(Duration.ofMinutes(2));
        write("2");

        node.keeper.catchUp(log);

        assertThat(Files.readAllLines(file)).hasSize(2)
                .allMatch(line -> line.startsWith("sluse.example/" + log + "\\n"));
    }

    @Test
    void a_line_that_a_crash_has_torn_is_skipped() throws IOException {
        write("1");
        node.keeper.catchUp(log);
        var file = folder.resolve("witness/" + log + ".txt");
        Files.writeString(file, "sluse.example/" + log + "\\n2\\nAAAA", java.nio.file.StandardOpenOption.APPEND);
        node.clock.advance(Duration.ofMinutes(2));
        write("2");

        node.keeper.catchUp(log);

        assertThat(node.verify(log).findings()).isEmpty();
        assertThat(node.verify(log).proved()).isEqualTo(2);
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    /** Each is signed by itself. */
    private void signEach(String... objects) {
        for (var object : objects) {
            write(object);
            node.keeper.catchUp(log);
            node.clock.advance(Duration.ofMinutes(2));
        }
    }

    /** How many entries the witness knows of. */
    private long witnessed() {
        return size(node.guard.witnessed(log).orElseThrow());
    }

    private long size(String note) {
        return LogsAtHand.SIGNER.key().open(note).orElseThrow().size();
    }

    private int saidInTheOperatorsLog() {
        try (var control = RunningCluster.POSTGRES.open("sluse_control")) {
            return control.createQuery(
                    "select count(*) from operator_log where action = 'FIND' and object_type = 'AlteredLog' and tenant = :clinic")
                    .bind("clinic", clinic.id().value())
                    .mapTo(int.class)
                    .one();
        }
    }

    private void haveRow() {
        try (var control = RunningCluster.POSTGRES.open("sluse_control")) {
            control.execute(
                    "insert into tenant (id, name, location, created_at) values (?, 'Clinic', 'Frankfurt', now())",
                    clinic.id().value());
        }
    }

    private Integer keep(LogsAtHand one) {
        IntStream.range(0, 20).forEach(any -> one.keeper.catchUp(log));
        return 0;
    }

    private void require() {
        TestClinics.DATABASES.asCore(clinic.id(), handle -> {
            node.guard.require(clinic.id(), handle);
            return true;
        });
    }

    private void write(String object) {
        binding.run(clinic, KnownTenant.practitioner("practitioner-1"),
                () -> alpha.inTransaction(AuditEntry.of(AuditAction.CREATE, "Note", object), _ -> true));
    }

    private void insert(Handle handle, String object) {
        handle.createUpdate("""
                insert into core.audit (at, actor_kind, actor_id, plugin, action, object_type, object_id, outcome)
                values (:at, 'STAFF', 'a', 'alpha', 'READ', 'Note', :object, 'DONE')""")
                .bind("at", Instant.now(node.clock))
                .bind("object", object)
                .execute();
    }

    private void asSuperuser(String... statements) {
        try (var handle = RunningCluster.POSTGRES.open(database())) {
            List.of(statements).forEach(handle::execute);
        }
    }

    private String database() {
        return "t_" + clinic.id().value().replace('-', '_');
    }
}
