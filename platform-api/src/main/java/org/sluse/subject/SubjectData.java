// SPDX-License-Identifier: Apache-2.0
package org.sluse.subject;

import org.sluse.problem.ProblemException;

/**
 * What a plugin keeps about one person, for that person's rights (GDPR Art. 15, 17 and 20). One bean of each plugin whose data map has entries about patients. The host calls it with the
 * tenant bound, on the host's thread, also at clinics that have the plugin off: what was kept while it was on is there still. May block; writes its own audit entries, each about the
 * patient.
 *
 * <p>Who is meant is an id of the plugin's own, or a number or words by which the clinic knows the person, as they stand in the plugin's tables; never a part of them. The same id may mean
 * nobody to one plugin and somebody to another.
 */
public interface SubjectData {

    /**
     * Everything that is kept about the person.
     *
     * @param id 1 to 100 characters
     * @return {@link SubjectExport#NOTHING} when nothing is kept under this id
     */
    SubjectExport export(String id);

    /**
     * Erases what may be erased, in one transaction.
     *
     * @param id as for {@link #export}
     * @param dryRun changes nothing, and answers what would happen now
     * @return {@link SubjectErasure#NOTHING} when nothing is kept under this id
     * @throws ProblemException {@code problem/conflict} when it cannot be done at this moment, in a dry run too: the host asks every plugin so before the first one erases
     */
    SubjectErasure erase(String id, boolean dryRun);
}
