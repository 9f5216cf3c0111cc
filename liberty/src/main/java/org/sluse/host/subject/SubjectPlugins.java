// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.subject;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.plugin.PluginRegistry.Installed;
import org.sluse.subject.SubjectData;

/** Plugins that keep something about people. Thread-safe. */
@OnePerNode
final class SubjectPlugins {

    private final PluginRegistry plugins;
    private final Instance<SubjectData> beans;
    private final DataPorts data;

    record Asked(Installed plugin, SubjectData subjects) {}

    @Inject
    SubjectPlugins(PluginRegistry plugins, @Any Instance<SubjectData> beans, DataPorts data) {
        this.plugins = plugins;
        this.beans = beans;
        this.data = data;
    }

    /** Those that were ever on at the bound tenant, and so have tables there. */
    Stream<Asked> atTenant() {
        return StreamSupport.stream(beans.handles().spliterator(), false)
                .flatMap(handle -> plugins.find(plugins.owner(handle.getBean().getBeanClass()).value())
                        .filter(one -> data.hasTables(one.id()))
                        .map(one -> new Asked(one, handle.get()))
                        .stream());
    }
}
