// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.settings;

import java.net.URI;
import java.util.Optional;
import org.sluse.secret.Secret;

/** Settings as a clinic might have them. */
public record TestSettings(Optional<String> turnUrls, Optional<Secret> turnSecret, VideoProvider provider,
        Profile profile, WherebyRooms rooms, Optional<URI> site) {

    /** The key of the clinic's account at Whereby. */
    public static final Secret KEY = new Secret("key-of-the-clinic");
    /** The secret of its webhook. */
    public static final Secret EVENT_KEY = new Secret("secret-of-the-webhook");
    /** Where Whereby's interface and the clinic's rooms are. */
    public static final URI API = URI.create("https://api.whereby.dev/v1");
    public static final URI SITE = URI.create("https://clinic.whereby.com");

    /** Of a clinic that has set nothing. */
    public static TestSettings none() {
        return new TestSettings(Optional.empty(), Optional.empty(), VideoProvider.BUILT_IN, Profile.NONE,
                WherebyRooms.SMALL, Optional.of(SITE));
    }

    /** Calls go through the clinic's relay. */
    public TestSettings relayed(String urls, Secret secret) {
        return new TestSettings(Optional.of(urls), Optional.of(secret), provider, profile, rooms, site);
    }

    /** Rooms are made at Whereby. */
    public TestSettings whereby(WherebyRooms kind) {
        return new TestSettings(turnUrls, turnSecret, VideoProvider.WHEREBY, profile, kind, site);
    }

    /** The clinic is held to this profile. */
    public TestSettings under(Profile wanted) {
        return new TestSettings(turnUrls, turnSecret, provider, wanted, rooms, site);
    }

    /** The settings. */
    public VideoSettings get() {
        return new VideoSettings(turnUrls, turnSecret, 15, 600, Optional.empty(), 30, provider, profile,
                Optional.of(KEY), site, rooms, Optional.of("Street 1, 0001 Oslo"), Optional.of(EVENT_KEY),
                Optional.of(API));
    }
}
