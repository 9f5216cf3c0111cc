// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sluse.data.ChangeNumbers;
import org.sluse.data.Transaction;

/** Change numbers kept in memory, raised with the commit. For unit tests; that they hold on several nodes is shown by the host's own tests. */
public final class ChangeNumbersByHand implements ChangeNumbers {

    private final Map<String, Long> numbers = new ConcurrentHashMap<>();

    @Override
    public void raise(Transaction transaction, Collection<String> names) {
        transaction.afterCommit(() -> names.forEach(name -> numbers.merge(name, 1L, Long::sum)));
    }

    @Override
    public Map<String, Long> now(Collection<String> names) {
        return names.stream().collect(Collectors.toMap(Function.identity(), name -> numbers.getOrDefault(name, 0L)));
    }
}
