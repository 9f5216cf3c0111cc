// SPDX-License-Identifier: Apache-2.0
/**
 * The certificate that a server shows. In: a chain and a key in PEM files, as authorities issue them. Out: the key store that the container reads. Called by the command line before
 * a start, and by the running server when the files change; it knows neither.
 */
@NullMarked
package org.sluse.tls;

import org.jspecify.annotations.NullMarked;
