// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import org.jspecify.annotations.Nullable;

/** A backup, or a place for one, that is not accepted. The message is a sentence for the operator: what is wrong, and what would be right. */
final class BackupRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackupRefusedException(String sentence) {
        super(sentence);
    }

    BackupRefusedException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
