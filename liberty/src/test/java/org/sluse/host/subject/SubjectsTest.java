// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluse.data.DataMap;
import org.sluse.host.plugin.PluginRegistry.Installed;
import org.sluse.host.subject.SubjectPlugins.Asked;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.subject.SubjectData;
import org.sluse.subject.SubjectErasure;
import org.sluse.subject.SubjectExport;
import org.sluse.video.VideoPlugin;

/** The erasure of a person of whom two modules keep a note each. */
class SubjectsTest {

    private final Notes first = new Notes();
    private final Notes second = new Notes();
    private final List<String> forgotten = new ArrayList<>();
    private boolean isCut;

    @Test
    void is_what_the_dry_run_has_said() {
        var would = erase("N-4", true);
        assertThat(first.persons).containsExactly("N-4");

        assertThat(erase("N-4", false)).isEqualTo(would).hasSize(2);

        assertThat(first.persons).isEmpty();
        assertThat(second.persons).isEmpty();
        assertThat(forgotten).as("whose keys were destroyed").containsExactly("alpha", "beta");
    }

    @Test
    void begins_nowhere_when_one_module_cannot_at_this_moment() {
        second.isBusy = true;

        for (var dryRun : new boolean[]{true, false}) {
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> erase("N-4", dryRun))
                    .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.CONFLICT));
        }

        assertThat(first.persons).containsExactly("N-4");
        assertThat(second.persons).containsExactly("N-4");
    }

    @Test
    void that_was_cut_off_when_all_was_erased_is_done_when_it_is_confirmed_again() {
        isCut = true;
        assertThatExceptionOfType(Cut.class).isThrownBy(() -> erase("N-4", false));
        assertThat(first.persons).isEmpty();
        assertThat(second.persons).as("it was not their turn").containsExactly("N-4");
        isCut = false;

        assertThat(erase("N-4", false)).as("what was left").hasSize(1);
        assertThat(forgotten).as("also the keys of whom the first had erased").containsExactly("alpha", "beta");
        assertThat(erase("N-4", false)).as("before the request was ended").isEmpty();
    }

    @Test
    void of_nobody_says_that_no_module_keeps_anything() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> erase("N-5", true))
                .withMessageStartingWith("No module keeps anything under this id; right would be")
                .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.NOT_FOUND));
    }

    private List<SubjectErasure> erase(String id, boolean dryRun) {
        return Subjects
                .erased(List.of(asked("alpha", first), asked("beta", second)), id, dryRun,
                        one -> forget(one.plugin().id().value()))
                .stream()
                .map(Subjects.Found::what)
                .toList();
    }

    private void forget(String plugin) {
        if (isCut) {
            throw new Cut();
        }
        forgotten.add(plugin);
    }

    /** The node was killed. */
    private static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Asked asked(String plugin, SubjectData notes) {
        return new Asked(new Installed(new PluginId(plugin), new VideoPlugin(), "org.example", DataMap.NOTHING), notes);
    }

    /** Keeps notes; while busy none can be erased. */
    private static final class Notes implements SubjectData {

        final List<String> persons = new ArrayList<>(List.of("N-4"));
        boolean isBusy;

        @Override
        public SubjectExport export(String id) {
            throw new AssertionError("Nobody asks for an export");
        }

        @Override
        public SubjectErasure erase(String id, boolean dryRun) {
            if (!persons.contains(id)) {
                return SubjectErasure.NOTHING;
            }
            if (isBusy) {
                throw new ProblemException(Problem.CONFLICT,
                        "Somebody writes; right would be to try again in a minute");
            }
            if (!dryRun) {
                persons.remove(id);
            }
            return new SubjectErasure(Set.of(id), Map.of("note", 1), List.of());
        }
    }
}
