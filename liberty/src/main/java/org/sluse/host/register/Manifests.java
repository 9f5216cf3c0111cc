// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.sluse.disclosure.Recipient;
import org.sluse.host.key.Sha256;
import org.sluse.host.register.RegisterDocument.Manifest;
import org.sluse.host.register.RegisterDocument.RecipientEntry;
import org.sluse.host.settings.SettingsStore;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;

/** Reads what the installed jars declare, in words. */
final class Manifests {

    private static final Logger LOG = Logger.getLogger(Manifests.class.getName());

    private final SettingsStore settings;
    private final Texts texts;
    private final KeptWords kept;
    private final Map<PluginId, RegisterStore.Jar> jars = new ConcurrentHashMap<>();

    Manifests(SettingsStore settings, Texts texts) {
        this.settings = settings;
        this.texts = texts;
        this.kept = new KeptWords(texts);
    }

    /** What the plugin says of itself, and which jar says so; read once, since a running server changes no jar. */
    RegisterStore.Jar jar(Plugin<?> plugin) {
        return jars.computeIfAbsent(plugin.id(), id -> describe(plugin));
    }

    private RegisterStore.Jar describe(Plugin<?> plugin) {
        var activity = plugin.activity();
        return new RegisterStore.Jar(fingerprint(plugin), new Manifest(words(plugin, "module.name"),
                words(plugin, activity.purpose()), words(plugin, activity.subjects()),
                Words.of(language -> data(plugin, language)),
                Words.of(language -> retention(plugin, language)), words(plugin, activity.legalBasis())));
    }

    /** Everyone who receives data with the settings of the bound tenant, in the words of the register. */
    List<RecipientEntry> entries(Plugin<?> plugin) {
        return recipients(plugin).stream().map(recipient -> entry(plugin, recipient)).toList();
    }

    /** Everyone who receives data, or would, with the settings of the bound tenant. */
    <S extends Record> List<Recipient> recipients(Plugin<S> plugin) {
        return plugin.recipients(settings.get(plugin));
    }

    /** Everyone whom the plugin names whatever a clinic sets, in the words of the register. */
    <S extends Record> List<RecipientEntry> named(Plugin<S> plugin) {
        return plugin.recipients(SettingsStore.defaults(plugin))
                .stream()
                .map(recipient -> entry(plugin, recipient))
                .toList();
    }

    String text(Plugin<?> plugin, String key, Language language) {
        return texts.text(plugin.id().value(), key, language);
    }

    /** Which data of people it keeps. */
    String data(Plugin<?> plugin, Language language) {
        return kept.data(plugin, language);
    }

    /** How long it keeps them. */
    String retention(Plugin<?> plugin, Language language) {
        return kept.retention(plugin, language);
    }

    private RecipientEntry entry(Plugin<?> plugin, Recipient recipient) {
        return new RecipientEntry(recipient.id(), recipient.name(), recipient.address(), recipient.country(),
                words(plugin, recipient.serviceKey()),
                Words.of(language -> recipient.fieldKeys()
                        .stream()
                        .map(key -> text(plugin, key, language))
                        .collect(Collectors.joining(", "))),
                words(plugin, recipient.legalBasisKey()), Optional.empty(),
                Optional.of(recipient.categories().stream().map(Enum::name).sorted().toList()));
    }

    private Words words(Plugin<?> plugin, String key) {
        return Words.of(language -> text(plugin, key, language));
    }

    /** SHA-256 of the jar; empty when the plugin comes from no file, as in tests. A new jar may declare others with the same settings. */
    private static String fingerprint(Plugin<?> plugin) {
        try {
            var source = plugin.settingsType().getProtectionDomain().getCodeSource();
            var file = source == null || !"file".equals(source.getLocation().getProtocol())
                    ? Optional.<Path>empty()
                    : Optional.of(Path.of(source.getLocation().toURI())).filter(Files::isRegularFile);
            return file.isEmpty()
                    ? ""
                    : HexFormat.of().formatHex(Sha256.of(Files.readAllBytes(file.orElseThrow())));
        } catch (IOException | URISyntaxException unreadable) {
            LOG.log(Level.WARNING, "jar-not-read plugin={0} cause={1}",
                    new Object[]{plugin.id(), unreadable.getClass().getName()});
            return "";
        }
    }
}
