// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

import java.util.Collection;
import java.util.Map;

/**
 * Numbers of the plugin into which this is injected, at the bound tenant, which say that something has changed and nothing of what. A page asks for one every few
 * seconds where asking for the data itself would fill the audit trail; it reads the data, and is audited, when the number is another one. The same on every node.
 * Thread-safe; blocks.
 *
 * <p>A name says what is watched and who may see it, for example {@code needs 5f0c...}: 1 to 100 characters, an id at most, never a name of a person.
 */
public interface ChangeNumbers {

    /**
     * From the commit of this transaction on each of these numbers is another one; none is when it rolls back. To be called once in a transaction and last: whoever
     * raises the same number meanwhile waits for the commit.
     *
     * @param transaction of this plugin's own {@link TenantDatabase}
     * @throws IllegalArgumentException when a name has no or more than 100 characters
     */
    void raise(Transaction transaction, Collection<String> names);

    /**
     * The numbers now; one that was never raised is 0. Equal means that nothing has changed, any other number that something may have. Reads nothing else, and leaves
     * no audit entry.
     *
     * @throws IllegalArgumentException when a name has no or more than 100 characters
     * @throws org.sluse.problem.ProblemException {@code problem/unavailable} when the database cannot be reached
     */
    Map<String, Long> now(Collection<String> names);
}
