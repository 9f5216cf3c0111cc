// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli.plugin;

import java.nio.file.Path;
import java.util.List;

/** The definition by which Open Liberty sees the application and the plugins' jars as one archive, without a copy of either. */
final class LooseApplication {

    private LooseApplication() {
    }

    /**
     * The definition as XML.
     *
     * @param application the application as built, exploded
     * @param jars as if they lay in its {@code WEB-INF/lib}: one class loader, and beans and resources are found in them as in its own
     */
    static String xml(Path application, List<PluginJar> jars) {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<archive>\n");
        xml.append("    <dir sourceOnDisk=\"").append(escaped(application)).append("\" targetInArchive=\"/\"/>\n");
        for (var jar : jars) {
            xml.append("    <file sourceOnDisk=\"")
                    .append(escaped(jar.file()))
                    // By its id and not by its file, whose name one of the host's libraries may have.
                    .append("\" targetInArchive=\"/WEB-INF/lib/plugin.")
                    .append(jar.id())
                    .append(".jar\"/>\n");
        }
        return xml.append("</archive>\n").toString();
    }

    private static String escaped(Path path) {
        return path.toString().replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
