// SPDX-License-Identifier: Apache-2.0
/** The identity provider of the demo clinic. */
@NullMarked
package org.sluse.demo;

import org.jspecify.annotations.NullMarked;
