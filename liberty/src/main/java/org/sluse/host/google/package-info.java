// SPDX-License-Identifier: Apache-2.0
/**
 * The way into Google Cloud for services of the operator's own. In: a service account, by its key file or by the machine that the server runs on. Out: bearer tokens for the key service and for the store of
 * backups. No library of the vendor's is used: a token is one HTTP call.
 */
@NullMarked
package org.sluse.host.google;

import org.jspecify.annotations.NullMarked;
