// SPDX-License-Identifier: Apache-2.0
/** The module <em>tally</em>: how often patients get in touch, by which way; each week's totals may go to a quality register. */
@NullMarked
package org.example.tally;

import org.jspecify.annotations.NullMarked;
