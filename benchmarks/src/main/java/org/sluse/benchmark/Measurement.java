// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.List;

/** Something that this house claims, and how it is measured. */
interface Measurement {

    /** As in the table of goals, for example {@code gate-check}. */
    String name();

    /** Measures it; minutes. @throws RuntimeException when a part of it could not be run, or answered wrongly */
    List<Line> measure();
}
