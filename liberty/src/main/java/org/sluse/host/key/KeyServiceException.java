// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import org.jspecify.annotations.Nullable;

/** A key service that does not do what it is asked. The message is a sentence for the operator: what is wrong, and what would be right. */
public final class KeyServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyServiceException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
