// SPDX-License-Identifier: Apache-2.0
/** Measurements of this house beside its peers, run in turn on one machine. */
@NullMarked
package org.sluse.benchmark;

import org.jspecify.annotations.NullMarked;
