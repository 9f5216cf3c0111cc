// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.people;

/**
 * One of the two who have to want something: an administrator of the clinic, or one of the operator's people.
 *
 * @param id of an administrator that in the clinic's list of people; of one of the operator's people the name that they call themselves, which is said and not proved. Not blank
 */
public record Party(Kind kind, String id) {

    private static final String OPERATOR = "operator:";

    /** Whose person it is. */
    public enum Kind {
        /** Of the clinic. */
        ADMINISTRATOR,
        /** Of the operator. */
        OPERATOR
    }

    public Party {
        if (id.isBlank() || kind == Kind.ADMINISTRATOR && id.startsWith(OPERATOR)) {
            throw new IllegalArgumentException("'" + id + "' is no id of one of the " + kind);
        }
    }

    /** As {@link #toString} writes it. */
    public static Party parse(String text) {
        return text.startsWith(OPERATOR)
                ? new Party(Kind.OPERATOR, text.substring(OPERATOR.length()))
                : new Party(Kind.ADMINISTRATOR, text);
    }

    /** As rows have it: the id of an administrator, or {@code operator:} and a name. */
    @Override
    public String toString() {
        return kind == Kind.OPERATOR ? OPERATOR + id : id;
    }
}
