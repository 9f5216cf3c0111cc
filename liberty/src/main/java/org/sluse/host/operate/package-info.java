// SPDX-License-Identifier: Apache-2.0
/**
 * What the operator of the installation does, through the command line and the console. In: the operator's token, or a session of the console. Out: clinics, toggles; each a row of the operator's log.
 */
@NullMarked
package org.sluse.host.operate;

import org.jspecify.annotations.NullMarked;
