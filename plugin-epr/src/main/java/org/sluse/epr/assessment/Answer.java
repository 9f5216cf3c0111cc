// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

/** What a patient said to one item. */
public sealed interface Answer {

    /** The item. */
    String linkId();

    /**
     * One of the instrument's choices.
     *
     * @param code the choice's code in the item, for example {@code LA6569-3}
     */
    record Chosen(String linkId, String code) implements Answer {}

    /** "I would rather not answer this." */
    record Declined(String linkId) implements Answer {}
}
