// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

/** How long the rows of a table are kept (GDPR Art. 5(1)(e)). The host deletes what is over, each night, also at clinics that have the plugin off. */
public sealed interface RetentionPeriod {

    /**
     * So many days after a time that the row holds: the host deletes it in the night after they are over, and at no other time. A row without the time is kept.
     *
     * @param days 1 to 36500
     * @param since the column with the time: {@code timestamptz} or {@code date}
     */
    record After(int days, String since) implements RetentionPeriod {

        public After {
            if (days < 1 || days > 36_500) {
                throw new IllegalArgumentException("Rows are kept for 1 to 36500 days, not for " + days);
            }
            SqlName.check(since);
        }
    }

    /**
     * As many days as the clinic has set; otherwise as {@link After}. The largest number that the setting allows is never exceeded.
     *
     * @param setting component of the plugin's settings record, of type {@code int}; at least 1
     * @param since as in {@link After}
     */
    record AsSet(String setting, String since) implements RetentionPeriod {

        public AsSet {
            SqlName.check(since);
        }
    }

    /**
     * As long as the row that it belongs to: a foreign key deletes it with that one.
     *
     * @param table whose row that is, of the same plugin
     */
    record With(String table) implements RetentionPeriod {

        public With {
            SqlName.check(table);
        }
    }

    /**
     * Until something happens that the plugin itself sees to.
     *
     * @param whenKey what, in words, for example <em>until the clinic deletes the patient</em>; key of the plugin's message bundles
     */
    record Until(String whenKey) implements RetentionPeriod {}
}
