// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.plugin;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.TenantDatabases;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/**
 * What is out of service, and why: jars that the launcher has started the server without, and a plugin whose tables cannot be made at one
 * clinic. The first does not change while the server runs. Thread-safe.
 */
@OnePerNode
public final class Quarantine {

    private static final Logger LOG = Logger.getLogger(Quarantine.class.getName());
    private static final String TABLES = "tables";

    private final List<LeftOut> leftOut;
    private final TenantDatabases databases;

    /**
     * Why.
     *
     * @param reason its kind, stable: a text has it as the key {@code quarantine.<reason>} of the kit's bundles
     * @param detail what is wrong and what would be right, in English; for the operator, names classes and files
     */
    public record Cause(String reason, String detail) {}

    /**
     * A jar of the operator's folder that is not in the server.
     *
     * @param jar name of its file
     * @param plugin the id that it gives itself; empty when it gives none
     */
    public record LeftOut(String jar, Optional<PluginId> plugin, Cause cause) {}

    /** An entry of the launcher's note, as it is in the file. */
    private record Noted(String jar, Optional<String> plugin, String reason, String detail) {}

    @Inject
    Quarantine(HostSettings settings, TenantDatabases databases, ObjectMapper json) {
        this.databases = databases;
        this.leftOut = read(settings.dataDirectory().resolve("quarantine.json"), json);
        leftOut.forEach(one -> LOG.log(Level.WARNING, "plugin-left-out jar=" + one.jar() + " plugin="
                + one.plugin().map(PluginId::value).orElse("-") + " reason=" + one.cause().reason() + " detail="
                + one.cause().detail()));
    }

    private static List<LeftOut> read(Path note, ObjectMapper json) {
        try {
            return Files.exists(note)
                    ? json.readValue(Files.readString(note), new TypeReference<List<Noted>>() {
                    })
                            .stream()
                            .map(one -> new LeftOut(one.jar(), one.plugin().map(PluginId::new),
                                    new Cause(one.reason(), one.detail())))
                            .toList()
                    : List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Every jar that is not in the server, by name of its file. */
    public List<LeftOut> leftOut() {
        return leftOut;
    }

    /** The plugins that no clinic has because their jar is not in the server, by id; one of a jar that gives itself no id is not among them. */
    public Map<PluginId, Cause> plugins() {
        return leftOut.stream()
                .filter(one -> one.plugin().isPresent())
                .collect(Collectors.toUnmodifiableMap(one -> one.plugin().orElseThrow(), LeftOut::cause,
                        (first, _) -> first));
    }

    /** Why the clinic cannot use the plugin on this node; empty when nothing is known against it. */
    public Optional<Cause> find(TenantId tenant, PluginId plugin) {
        return Optional.ofNullable(plugins().get(plugin))
                .or(() -> databases.failure(tenant, plugin).map(detail -> new Cause(TABLES, detail)));
    }
}
