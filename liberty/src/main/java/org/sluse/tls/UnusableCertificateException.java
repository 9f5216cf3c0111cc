// SPDX-License-Identifier: Apache-2.0
package org.sluse.tls;

/** No server can show this certificate. The message says in a sentence what is wrong and what would be right. */
public final class UnusableCertificateException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableCertificateException(String message) {
        super(message);
    }

    UnusableCertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
