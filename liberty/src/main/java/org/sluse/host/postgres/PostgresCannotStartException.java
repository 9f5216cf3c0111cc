// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.postgres;

/** The embedded PostgreSQL did not start; the message says where and what would be right. */
public final class PostgresCannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PostgresCannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
