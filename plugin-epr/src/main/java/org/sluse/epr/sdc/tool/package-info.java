// SPDX-License-Identifier: Apache-2.0

/**
 * The engine for whoever has files and no server: texts in, exit status out. In come a form and what belongs to it as JSON; the answer goes to one stream and the issues to another. The command
 * line calls {@link org.sluse.epr.sdc.tool.FormTool}.
 */
@NullMarked
package org.sluse.epr.sdc.tool;

import org.jspecify.annotations.NullMarked;
