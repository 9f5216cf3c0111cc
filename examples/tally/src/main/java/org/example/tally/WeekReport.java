// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import org.sluse.disclosure.Carries;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Impersonal;
import org.sluse.disclosure.Outbound;

/** The totals of one week, as they leave for the quality register. */
@Outbound(to = TallyPlugin.REGISTER)
public record WeekReport(@Impersonal("a day of the calendar") String monday,
        @Carries(DataCategory.PSEUDONYMOUS_USAGE) int phone,
        @Carries(DataCategory.PSEUDONYMOUS_USAGE) int letter,
        @Carries(DataCategory.PSEUDONYMOUS_USAGE) int visit) {}
