// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.util.logging.LogManager;
import org.sluse.epr.sdc.tool.FormTool;

/**
 * What answers commands about forms. Its type stands in no signature of a command: each command's class is looked at whenever any is called, and most are called without its jar.
 */
final class FormEngine {

    private FormEngine() {
    }

    /** The engine, which says on the output what it has made and what was wrong. */
    static FormTool on(FormOutput output) {
        // What libraries tell operators of servers would be among the issues.
        LogManager.getLogManager().reset();
        return new FormTool(output::line, output::progress);
    }
}
