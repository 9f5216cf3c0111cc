// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.module;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Work of which the pieces for one key are done one after the other, in the order in which they came; those for different keys wait for nothing. Thread-safe. */
final class Turns<K> {

    private final Map<K, CompletableFuture<Void>> last = new ConcurrentHashMap<>();
    private final Executor executor;

    Turns(Executor executor) {
        this.executor = executor;
    }

    /** Does it when everything before it for this key is done, whether that failed or not. Nobody waits for it. */
    void take(K key, Runnable work) {
        var mine = last.compute(key,
                (any, before) -> before == null
                        ? CompletableFuture.runAsync(work, executor)
                        : before.handleAsync((done, failed) -> {
                            work.run();
                            return null;
                        }, executor));
        var _ = mine.whenComplete((done, failed) -> last.remove(key, mine));
    }

    /** How many keys have work that is not done. */
    int waiting() {
        return last.size();
    }
}
