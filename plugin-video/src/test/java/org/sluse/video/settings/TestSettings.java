// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.settings;

import java.net.URI;
import java.util.Optional;
import org.sluse.secret.Secret;

/** Settings as a clinic might have them. */
public record TestSettings(Optional<String> turnUrls, Optional<Secret> turnSecret, VideoProvider provider,
        Profile profile, WherebyRooms rooms, Optional<URI> site, Optional<String> jitsiKeyId, Secret jitsiKey) {

    /** The key of the clinic's account at Whereby. */
    public static final Secret KEY = new Secret("key-of-the-clinic");
    /** The secret of its webhook. */
    public static final Secret EVENT_KEY = new Secret("secret-of-the-webhook");
    /** The secret that is shared with the Jitsi Meet. */
    public static final Secret JITSI_KEY = new Secret("secret-of-the-jitsi-meet-of-the-clinic");
    public static final URI JITSI_SITE = URI.create("https://meet.example.org");
    /** Where Whereby's interface and the clinic's rooms are. */
    public static final URI API = URI.create("https://api.whereby.dev/v1");
    public static final URI SITE = URI.create("https://clinic.whereby.com");

    /** Of a clinic that has set nothing. */
    public static TestSettings none() {
        return new TestSettings(Optional.empty(), Optional.empty(), VideoProvider.BUILT_IN, Profile.NONE,
                WherebyRooms.SMALL, Optional.of(SITE), Optional.empty(), JITSI_KEY);
    }

    /** Of a clinic that has chosen a provider, and no more. */
    public static VideoSettings nothing(VideoProvider chosen) {
        return new VideoSettings(Optional.empty(), Optional.empty(), 15, 600, Optional.empty(), 30, chosen,
                Profile.NONE, Optional.empty(), Optional.empty(), WherebyRooms.SMALL, Optional.empty(),
                Optional.empty(), Optional.of(API), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Calls go through the clinic's relay. */
    public TestSettings relayed(String urls, Secret secret) {
        return new TestSettings(Optional.of(urls), Optional.of(secret), provider, profile, rooms, site, jitsiKeyId,
                jitsiKey);
    }

    /** Rooms are made at Whereby. */
    public TestSettings whereby(WherebyRooms kind) {
        return new TestSettings(turnUrls, turnSecret, VideoProvider.WHEREBY, profile, kind, site, jitsiKeyId, jitsiKey);
    }

    /** Rooms are at a Jitsi Meet that shares a secret. */
    public TestSettings jitsi() {
        return new TestSettings(turnUrls, turnSecret, VideoProvider.JITSI, profile, rooms, site, jitsiKeyId, jitsiKey);
    }

    /** Rooms are at JaaS, with this key pair. */
    public TestSettings jaas(String keyId, Secret privateKey) {
        return new TestSettings(turnUrls, turnSecret, VideoProvider.JITSI, profile, rooms, site, Optional.of(keyId),
                privateKey);
    }

    /** The clinic is held to this profile. */
    public TestSettings under(Profile wanted) {
        return new TestSettings(turnUrls, turnSecret, provider, wanted, rooms, site, jitsiKeyId, jitsiKey);
    }

    /** The settings. */
    public VideoSettings get() {
        return new VideoSettings(turnUrls, turnSecret, 15, 600, Optional.empty(), 30, provider, profile,
                Optional.of(KEY), site, rooms, Optional.of("Street 1, 0001 Oslo"), Optional.of(EVENT_KEY),
                Optional.of(API), Optional.of(JITSI_SITE), jitsiKeyId, Optional.of("clinic-app"),
                Optional.of(jitsiKey), Optional.of("Meet AS"), Optional.of("Street 2, 0002 Oslo"), Optional.of("NO"));
    }
}
