// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.sluse.id.Ids;

/** Ids that count up: the same in each run. */
public final class KnownIds implements Ids {

    private final AtomicLong last = new AtomicLong();

    @Override
    public UUID next() {
        return new UUID(0x4000L, 0x8000_0000_0000_0000L | last.incrementAndGet());
    }

    @Override
    public String token() {
        return "token-%016d".formatted(last.incrementAndGet());
    }
}
