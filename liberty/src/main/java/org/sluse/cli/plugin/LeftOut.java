// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli.plugin;

import java.util.Optional;

/**
 * A jar that the server starts without.
 *
 * @param jar name of its file
 * @param plugin the id that it gives itself; empty when it gives none that could be one
 * @param reason the kind of the cause
 * @param detail what is wrong and what would be right, in a sentence for operator and author
 */
public record LeftOut(String jar, Optional<String> plugin, Reason reason, String detail) {

    /** The kinds of causes. */
    public enum Reason {
        /** No jar, or one without the two attributes. */
        NOT_A_PLUGIN,
        /** Built for another platform-api. */
        API_LEVEL,
        /** Built for a newer Java. */
        JAVA_LEVEL,
        /** The id is taken. */
        DUPLICATE_ID,
        /** Classes where they would be another's. */
        PACKAGES,
        /** No explicit beans.xml, so that none of its beans would be found. */
        NO_BEANS_XML,
        /** Not exactly one bean that implements the contract. */
        NO_PLUGIN_BEAN,
        /** Texts or files that are missing or lie in another's folder. */
        FILES,
        /** Migrations that would not be found, or not in their order. */
        MIGRATIONS,
        /** Something that plugins do not do: an endpoint beside the gate, a way out beside the disclosure gate. */
        NOT_ALLOWED,
        /** Looked right and could not start. */
        CANNOT_START;

        /** As in {@code quarantine.json}, for example {@code api-level}. */
        public String slug() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
