// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.sluse.plugin.PluginId;

/**
 * What the operator has forbidden to every clinic.
 *
 * @param recipient to whom the plugin may send nothing more; absent: the plugin itself, with everything
 */
public record Killed(PluginId plugin, Optional<String> recipient) {

    /** All that is forbidden now. */
    static Set<Killed> all(Handle handle) {
        return handle
                .createQuery(
                        """
                                select plugin, recipient from (
                                    select distinct on (plugin, recipient) plugin, recipient, killed from kill order by plugin, recipient, revision desc
                                ) newest where killed""")
                .map((row, context) -> new Killed(new PluginId(row.getString(1)),
                        Optional.ofNullable(row.getString(2))))
                .collect(Collectors.toSet());
    }
}
