// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;

/** Two nodes open a clinic that neither has opened before, at the same moment. On a real PostgreSQL. */
class TwoNodesTest {

    @RepeatedTest(5)
    void both_find_its_tables() throws Exception {
        var clinic = TestClinics.create();
        var ready = new CyclicBarrier(2);
        Callable<Integer> opening = () -> {
            var node = TestClinics.node();
            ready.await(10, TimeUnit.SECONDS);
            return node.open(clinic.id(), TestClinics.ALPHA)
                    .withHandle(handle -> handle.createQuery("select count(*) from alpha.note")
                            .mapTo(int.class)
                            .one());
        };

        try (var threads = Executors.newFixedThreadPool(2)) {
            for (var node : threads.invokeAll(List.of(opening, opening))) {
                assertThat(node.get()).isZero();
            }
        }
    }
}
