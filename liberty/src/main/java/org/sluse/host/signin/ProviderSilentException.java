// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.signin;

/** A clinic's identity provider does not answer, or not as it should: nobody has been refused, and it may be another matter in a minute. */
final class ProviderSilentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProviderSilentException(Throwable cause) {
        super("The identity provider does not answer as it should; right would be its exact issuer, addresses that this server may call, and that it is up",
                cause);
    }
}
