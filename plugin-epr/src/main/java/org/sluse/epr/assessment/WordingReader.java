// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.util.List;
import org.sluse.problem.FieldError;

/** Reads the file that a clinic brings as the text of an instrument. */
public interface WordingReader {

    /** What a file gave. */
    sealed interface Read {

        /** It has every text, and nothing in it contradicts the instrument. */
        record Whole(String language, Wording.Texts texts) implements Read {}

        /**
         * It cannot be used.
         *
         * @param issues at least one; pointers are into the file
         */
        record Refused(List<FieldError> issues) implements Read {

            public Refused {
                issues = List.copyOf(issues);
            }
        }
    }

    /** @param file its text, as the clinic sent it */
    Read read(Instrument instrument, String file);
}
