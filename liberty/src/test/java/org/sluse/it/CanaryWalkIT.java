// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.it.Canary.Kept;
import org.sluse.it.CanaryOperation.Manner;

/**
 * People of many clinics work, blunder and attack each other, at random and each with words of their own. {@code -Dsluse.walk.operations=1000000 -Dsluse.walk.clinics=50} is the
 * campaign (docs/campaigns): rounds of their own seed on a fresh server; those that are done are not done again.
 */
class CanaryWalkIT {

    private static final int OPERATIONS = Integer.getInteger("sluse.walk.operations", 400);
    private static final int CLINICS = Integer.getInteger("sluse.walk.clinics", 4);
    private static final int ROUND = Integer.getInteger("sluse.walk.round", 20_000);
    private static final long SEED = Long.getLong("sluse.walk.seed", 1);
    private static final Path DONE = Path.of(System.getProperty("sluse.home", ".."),
            "liberty/target/campaign/canary-walk.csv");

    @Test
    void no_word_of_a_clinic_is_anywhere_but_where_the_data_maps_say() throws IOException, SQLException {
        if (OPERATIONS <= ROUND) {
            round(SEED, OPERATIONS);
            return;
        }
        for (var round = 0; round < (OPERATIONS + ROUND - 1) / ROUND; round++) {
            var start = "%d,%d,%d,".formatted(SEED + round, CLINICS, ROUND);
            if (done().stream().noneMatch(line -> line.startsWith(start))) {
                Files.writeString(DONE, start + round(SEED + round, ROUND) + "\n", StandardOpenOption.APPEND);
            }
        }
    }

    @Test
    void a_word_is_found_in_every_dress_and_at_the_edge_of_every_part(@TempDir Path folder) throws IOException {
        var canary = new Canary(Kept.PLAIN, 49);
        var word = canary.word();
        var bytes = word.getBytes(StandardCharsets.UTF_8);
        for (var before : new String[]{"", "x", "xy", "xyz"}) {
            var dressed = List.of(word, word.toLowerCase(java.util.Locale.ROOT),
                    word.toUpperCase(java.util.Locale.ROOT),
                    HexFormat.of().formatHex(bytes), HexFormat.of().withUpperCase().formatHex(bytes),
                    Base64.getEncoder().encodeToString((before + word + ".").getBytes(StandardCharsets.UTF_8)),
                    new String(bytes, StandardCharsets.ISO_8859_1).replaceAll(".", "$0\0"));
            for (var one : dressed) {
                assertThat(Canary.in(before + one + "&" + before)).as(one).containsExactly(canary);
            }
        }
        for (var filling = (1 << 20) - 100; filling < (1 << 20) + 20; filling++) {
            var file = Files.writeString(folder.resolve("large"), "Quivre".repeat(filling / 6) + " ".repeat(filling % 6)
                    + word + " ".repeat(200));
            assertThat(Canary.in(file)).as("behind %d", filling).containsExactly(canary);
        }
        assertThat(Canary.in("Quivrexol and Quivre, and nothing of the kind")).isEmpty();
    }

    /** @return a line for whoever looks at the campaign */
    private static String round(long seed, int operations) throws IOException, SQLException {
        var begun = System.nanoTime();
        try (var walk = new CanaryWalk(seed, CLINICS)) {
            var walked = walk.walk(operations);
            isWork(walked, operations);
            var walkedFor = System.nanoTime() - begun;

            var found = walk.end();

            var clinics = walk.clinics();
            assertThat(found.at("postgres")).as("planted in a database").containsExactly(walk.planted());
            assertThat(found.at("wal")).as("planted in the write-ahead log").contains(walk.planted());
            assertThat(found.at("logs/planted.log")).as("planted in a file").containsExactly(walk.planted());
            for (var clinic : clinics) {
                var own = new Canary(Kept.PLAIN, clinic.number());
                // The ledger has the recipient's name, which is in the register too.
                assertThat(found.at("t_" + clinic.clinic().id().replace('-', '_'))).as("seed %d", seed)
                        .contains(own)
                        .isSubsetOf(own, new Canary(Kept.CONTROL, clinic.number()));
                assertThat(walk.exports().at(clinic.clinic().id())).as("seed %d, export", seed)
                        .contains(own, new Canary(Kept.SEALED, clinic.number()))
                        .allMatch(word -> word.clinic() == clinic.number());
            }
            assertThat(found.at("sluse_control")).as("seed %d", seed)
                    .isEqualTo(of(Kept.CONTROL, IntStream.range(0, CLINICS)));
            assertThat(found.at("wal").stream().filter(word -> word.kept() == Kept.SEALED))
                    .as("seed %d, sealed words in the write-ahead log", seed)
                    .isSubsetOf(walk.planted(), Canary.CUT);
            assertThat(found.words().keySet()).as("seed %d, other places with words: %s", seed, found.words())
                    .hasSize(clinics.size() + 4);
            assertThat(walk.backups().words()).as("seed %d, backups", seed).isEmpty();
            var backups = walk.backups().bytes();
            walk.delete();
            return "%d,%d,%d,%d,%d,%d,%d,%d,%d".formatted(walked.of(Manner.ORDINARY).tried(),
                    walked.of(Manner.ORDINARY).succeeded(), walked.of(Manner.CLUMSY).tried(),
                    walked.of(Manner.HOSTILE).tried(), walked.ownWords(), found.bytes(), backups,
                    walkedFor / 1_000_000_000, (System.nanoTime() - begun) / 1_000_000_000);
        }
    }

    /** A walk in which nothing was done proves nothing. */
    private static void isWork(CanaryWalk.Walked walked, int operations) {
        var ordinary = walked.of(Manner.ORDINARY);
        assertThat(ordinary.succeeded() * 2).as("%s of what is ordinary: %s", ordinary, walked.counts())
                .isGreaterThan(ordinary.tried());
        assertThat(walked.counts()
                .entrySet()
                .stream()
                .filter(one -> one.getKey().manner() == Manner.ORDINARY
                        && one.getValue().tried() >= 20 && one.getValue().succeeded() == 0))
                .as("what never succeeded")
                .isEmpty();
        assertThat(walked.ownWords()).as("words that a clinic heard of its own").isGreaterThan(operations / 4);
    }

    private static Set<Canary> of(Kept kept, IntStream clinics) {
        return clinics.mapToObj(number -> new Canary(kept, number)).collect(Collectors.toSet());
    }

    private static List<String> done() throws IOException {
        if (!Files.exists(DONE)) {
            Files.createDirectories(DONE.getParent());
            Files.writeString(DONE,
                    "seed,clinics,operations,ordinary,succeeded,clumsy,hostile,own words heard,bytes searched,bytes of backups,seconds to the end of the walk,seconds\n");
        }
        return Files.readAllLines(DONE);
    }
}
