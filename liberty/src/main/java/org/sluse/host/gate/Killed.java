// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.util.Optional;
import org.sluse.plugin.PluginId;

/**
 * What the operator has forbidden to every clinic.
 *
 * @param recipient to whom the plugin may send nothing more; absent: the plugin itself, with everything
 */
public record Killed(PluginId plugin, Optional<String> recipient) {}
