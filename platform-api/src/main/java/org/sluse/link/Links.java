// SPDX-License-Identifier: Apache-2.0
package org.sluse.link;

import java.time.Instant;
import java.util.Optional;
import org.sluse.data.Transaction;

/**
 * One-time links of the plugin into which it is injected, for the bound tenant. Only hashes are stored. Thread-safe; blocks.
 */
public interface Links {

    /**
     * Makes a code for the object, in the caller's transaction.
     *
     * @param objectId what the holder may act on; becomes the id of the {@link org.sluse.actor.Actor} of kind link holder. When it is the {@code id} of a row of the plugin's data map
     *            that says whose it is, the host shows the holder who has seen what is that person's
     * @param expires when the code stops working, exclusive; a holder who has exchanged it before may still resume until then
     * @return the code, to be put behind the {@code #} of an address; it is never shown again
     */
    String issue(Transaction tx, String objectId, Instant expires);

    /**
     * Exchanges a code, or resumes when this browser has exchanged it before.
     *
     * @param code as it was issued
     * @param cookies the value of the request's {@code Cookie} header, or the empty string
     * @throws org.sluse.problem.ProblemException {@code problem/link-expired}, or {@code problem/link-not-in-use} for a code that is
     *             wrong, withdrawn, or was exchanged by another browser
     */
    Held exchange(String code, String cookies);

    /**
     * The object for which a code was issued, whatever has become of it since: who has lost their hold of a link can ask for another. Changes nothing and leaves no audit entry. Empty for a code that was
     * never issued, and by a host that is older than this method.
     */
    default Optional<String> objectOf(String code) {
        return Optional.empty();
    }

    /**
     * Sets when every code for the object stops working that is not withdrawn, earlier or later, in the caller's transaction. A browser that has exchanged one keeps its place for at most 90 days longer
     * than the codes were good for at that time.
     *
     * @param expires exclusive, as in {@link #issue}
     * @throws UnsupportedOperationException by a host that is older than this method
     */
    default void reschedule(Transaction tx, String objectId, Instant expires) {
        throw new UnsupportedOperationException(
                "This host cannot change when a link stops working; right would be a newer one");
    }

    /** Withdraws every code for the object, in the caller's transaction; who held one is refused from the commit on. */
    void withdraw(Transaction tx, String objectId);

    /**
     * What an exchange gives.
     *
     * @param objectId what the link is for
     * @param linkId public name of the link; the page sends it as header {@code X-Sluse-Link} with each later call, and the
     *            host then knows the actor from the cookie
     * @param cookie the value of the {@code Set-Cookie} header of the answer
     */
    record Held(String objectId, String linkId, String cookie) {}
}
