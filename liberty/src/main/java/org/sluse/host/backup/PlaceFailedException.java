// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A place in a cloud that does not do what it is asked. The message is a sentence for the operator: what is wrong, and what would be right; never a secret. */
final class PlaceFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    PlaceFailedException(String sentence) {
        super(sentence);
    }

    PlaceFailedException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
