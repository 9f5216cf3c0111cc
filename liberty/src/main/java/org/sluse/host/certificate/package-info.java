// SPDX-License-Identifier: Apache-2.0
/**
 * The certificate that this node shows to others. In: the operator's files, looked at each ten seconds. Out: the key store that the container reads anew when it changes, and how long
 * the certificate lasts, in health and log.
 */
@NullMarked
package org.sluse.host.certificate;

import org.jspecify.annotations.NullMarked;
