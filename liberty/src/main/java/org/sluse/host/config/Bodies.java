// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.config;

import java.io.IOException;
import java.io.InputStream;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** Bodies of requests: read whole, and not beyond what any address takes. */
public final class Bodies {

    /** In bytes. */
    public static final int LARGEST = 2 * 1024 * 1024;

    private Bodies() {
    }

    /** All of the body. @throws ProblemException {@code problem/too-large} */
    public static byte[] read(InputStream body) throws IOException {
        var bytes = body.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw tooLarge();
        }
        return bytes;
    }

    /** Says how large a body may be. */
    public static ProblemException tooLarge() {
        return new ProblemException(Problem.TOO_LARGE,
                "The request has more than " + LARGEST + " bytes; right would be fewer");
    }
}
