// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sluse.data.Transaction;
import org.sluse.link.Links;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** Links kept in memory: codes are {@code code-of-<object>-<n>}. For unit tests; the rules of the product's links are held by the host's own tests. */
public final class LinksByHand implements Links {

    private final Map<String, String> objects = new HashMap<>();
    private final Map<String, Instant> ends = new HashMap<>();
    private int issued;

    @Override
    public synchronized String issue(Transaction tx, String objectId, Instant expires) {
        var code = "code-of-" + objectId + "-" + ++issued;
        objects.put(code, objectId);
        ends.put(objectId, expires);
        return code;
    }

    /** When the codes for the object stop working; null when there was none. Nothing expires here by itself. */
    public synchronized @Nullable Instant endOf(String objectId) {
        return ends.get(objectId);
    }

    @Override
    public synchronized Held exchange(String code, String cookies) {
        var objectId = objects.get(code);
        if (objectId == null) {
            throw new ProblemException(Problem.LINK_NOT_IN_USE, "The link is not in use");
        }
        return new Held(objectId, code, "held=" + code);
    }

    @Override
    public synchronized Optional<String> objectOf(String code) {
        return Optional.ofNullable(objects.get(code));
    }

    @Override
    public synchronized void reschedule(Transaction tx, String objectId, Instant expires) {
        ends.replace(objectId, expires);
    }

    @Override
    public synchronized void withdraw(Transaction tx, String objectId) {
        objects.values().removeIf(objectId::equals);
    }
}
