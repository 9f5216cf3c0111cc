// SPDX-License-Identifier: Apache-2.0
/**
 * The rights of the person whom data is about. In: an id by which the clinic knows the person. Out: everything that each plugin keeps under it, or its erasure with what stays and why. The host asks
 * every plugin that has tables at the clinic.
 */
@NullMarked
package org.sluse.subject;

import org.jspecify.annotations.NullMarked;
