// SPDX-License-Identifier: Apache-2.0
/**
 * The HTML that every page begins with. In: whose page, which module. Out: a document that allows nothing but our own files.
 */
@NullMarked
package org.sluse.host.shell;

import org.jspecify.annotations.NullMarked;
