// SPDX-License-Identifier: Apache-2.0
/**
 * The rights of the person whom data is about. In: an id by which the clinic knows the person, from an administrator or the operator. Out: everything that each module that was ever on keeps under it, in
 * JSON, as a FHIR bundle and as text; or its erasure, with what stays and why.
 */
@NullMarked
package org.sluse.host.subject;

import org.jspecify.annotations.NullMarked;
