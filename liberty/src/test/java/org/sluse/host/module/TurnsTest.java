// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Turns<String> turns = new Turns<>(ready::add);

    @Test
    void what_comes_for_one_key_is_done_in_its_order() {
        turns.take("north", () -> done.add("first"));
        turns.take("north", () -> done.add("second"));
        assertThat(ready).as("the second waits for the first").hasSize(1);

        run();

        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void one_key_does_not_wait_for_another() {
        turns.take("north", () -> done.add("north"));
        turns.take("south", () -> done.add("south"));

        assertThat(ready).hasSize(2);
    }

    @Test
    void what_fails_keeps_nothing_after_it_from_its_turn() {
        turns.take("north", () -> {
            throw new IllegalStateException("the plugin failed");
        });
        turns.take("north", () -> done.add("second"));

        run();

        assertThat(done).containsExactly("second");
    }

    @Test
    void nothing_is_kept_of_a_key_whose_work_is_done() {
        turns.take("north", () -> done.add("first"));
        turns.take("north", () -> done.add("second"));
        assertThat(turns.waiting()).isEqualTo(1);

        run();

        assertThat(turns.waiting()).isZero();
    }

    private void run() {
        while (!ready.isEmpty()) {
            ready.remove().run();
        }
    }
}
