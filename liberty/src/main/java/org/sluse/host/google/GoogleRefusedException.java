// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.google;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Google gives no access. The message is a sentence for the operator: what is wrong, and what would be right; never a secret. */
public final class GoogleRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    GoogleRefusedException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
