// SPDX-License-Identifier: Apache-2.0
package org.sluse.settings;

/**
 * The bound tenant's settings of the plugin into which it is injected. Thread-safe.
 *
 * @param <S> the plugin's settings record
 */
public interface Settings<S extends Record> {

    /** What is in force now: the defaults where the clinic has set nothing. Secrets are decrypted. */
    S get();
}
