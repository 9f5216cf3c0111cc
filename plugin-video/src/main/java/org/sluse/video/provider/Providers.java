// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sluse.disclosure.Recipient;
import org.sluse.plugin.Readiness;
import org.sluse.video.settings.VideoProvider;
import org.sluse.video.settings.VideoSettings;

/**
 * Every provider there is, and which one the clinic has chosen. Thread-safe.
 *
 * <p>With a client proxy: the plugin's bean has it, and is made before the gate that the providers are given can be.
 */
@ApplicationScoped
public class Providers {

    private final Map<VideoProvider, MediaProvider> all = new EnumMap<>(VideoProvider.class);

    @Inject
    void read(@Any Instance<MediaProvider> beans) {
        beans.forEach(one -> all.put(one.id(), one));
    }

    /** By hand, in tests. */
    public static Providers of(List<MediaProvider> all) {
        var providers = new Providers();
        all.forEach(one -> providers.all.put(one.id(), one));
        return providers;
    }

    /** This one. */
    public MediaProvider get(VideoProvider id) {
        var found = all.get(id);
        if (found == null) {
            throw new IllegalStateException("There is no provider '" + id + "'; right would be one of " + all.keySet());
        }
        return found;
    }

    /** The one that these settings choose. */
    public MediaProvider chosen(VideoSettings settings) {
        return get(settings.provider());
    }

    /** Who receives something with these settings. */
    public List<Recipient> recipients(VideoSettings settings) {
        return chosen(settings).recipients(settings);
    }

    /** Whose pages a call's page shows in a frame with these settings. */
    public List<URI> frames(VideoSettings settings) {
        return chosen(settings).frames(settings);
    }

    /** Whether sessions could be held with these settings. */
    public Readiness ready(VideoSettings settings) {
        var provider = chosen(settings);
        var missing = provider.ready(settings);
        return missing.isReady() && !isAllowed(settings, provider.path(settings))
                ? Readiness.missing("ready.path-refused")
                : missing;
    }

    /** Whether the clinic's profile allows this way. */
    static boolean isAllowed(VideoSettings settings, MediaPath path) {
        return switch (settings.profile()) {
            case NONE -> true;
            case GERMANY -> path.isEndToEnd();
        };
    }
}
