// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.io.UncheckedIOException;
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

    /** What a place could not do. @param otherwise the sentence where the place has none of its own */
    static BackupRefusedException of(Exception failed, String otherwise) {
        var own = failed instanceof UncheckedIOException && failed.getCause() != null ? failed.getCause() : failed;
        return new BackupRefusedException(
                own instanceof PlaceFailedException ? String.valueOf(own.getMessage()) : otherwise, failed);
    }
}
