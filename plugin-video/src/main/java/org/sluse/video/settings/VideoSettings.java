// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.settings;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sluse.secret.Secret;
import org.sluse.settings.Setting;

/**
 * What a clinic can set for video.
 *
 * @param turnUrls addresses of the clinic's relay, apart by spaces, as in {@code turn:turn.example.org:3478?transport=udp}; empty: calls are direct
 * @param turnSecret the secret shared with the relay (coturn {@code static-auth-secret}); needed as soon as there is an address
 * @param earlyMinutes how long before the appointment a patient may come in
 * @param joinTokenTtlSeconds how long a join token is accepted after its issue
 * @param clinicPhone whom a patient can call when video does not work; shown as it is
 * @param keptDays how long sessions are kept after their time; at the most so long that with the night in which they are deleted it is not more than any three months
 * @param provider who carries picture and sound of sessions in which nobody has been let in yet
 * @param profile whose rules a conversation has to keep
 * @param wherebyKey the key of the clinic's account (Whereby: API key); needed as soon as Whereby is the provider
 * @param wherebySite where the account's rooms are, as in {@code https://clinic.whereby.com}; rooms elsewhere are not shown
 * @param wherebyRooms what kind of rooms is made
 * @param wherebyPostalAddress of Whereby AS, as in the clinic's agreement with it; the register shows it
 * @param wherebyEventKey the secret of the account's webhook; empty: no events are taken
 * @param wherebyApi where its interface is
 * @param jitsiSite where rooms are, as in {@code https://meet.example.org} or {@code https://8x8.vc}; needed as soon as Jitsi is the provider, as are the four after next
 * @param jitsiKeyId of the key pair at JaaS, as in {@code vpaas-magic-cookie-1234/5678}; empty: the Jitsi Meet shares a secret
 * @param jitsiApp id of the application ({@code app_id} of the Jitsi Meet, AppID of JaaS)
 * @param jitsiKey the shared secret, at least 32 characters; for JaaS the private key in PEM (PKCS #8)
 * @param jitsiName legal name of whoever runs it
 * @param jitsiPostalAddress of whoever runs it
 * @param jitsiCountry where it runs, ISO 3166-1 alpha-2
 */
public record VideoSettings(
        @Setting(max = 500) Optional<String> turnUrls,
        @Setting Optional<Secret> turnSecret,
        @Setting(byDefault = "15", unit = "unit.minutes", max = 240) int earlyMinutes,
        @Setting(byDefault = "600", unit = "unit.seconds", min = 60, max = 3600) int joinTokenTtlSeconds,
        @Setting(max = 40) Optional<String> clinicPhone,
        @Setting(byDefault = "30", unit = "unit.days", min = 1, max = 88) int keptDays,
        @Setting(byDefault = "BUILT_IN") VideoProvider provider,
        @Setting(byDefault = "NONE") Profile profile,
        @Setting Optional<Secret> wherebyKey,
        @Setting Optional<URI> wherebySite,
        @Setting(byDefault = "SMALL") WherebyRooms wherebyRooms,
        @Setting(max = 200) Optional<String> wherebyPostalAddress,
        @Setting Optional<Secret> wherebyEventKey,
        @Setting(byDefault = "https://api.whereby.dev/v1") Optional<URI> wherebyApi,
        @Setting Optional<URI> jitsiSite,
        @Setting(max = 200) Optional<String> jitsiKeyId,
        @Setting(max = 200) Optional<String> jitsiApp,
        @Setting Optional<Secret> jitsiKey,
        @Setting(max = 200) Optional<String> jitsiName,
        @Setting(max = 200) Optional<String> jitsiPostalAddress,
        @Setting(max = 2) Optional<String> jitsiCountry) {

    /** The addresses of the relay; empty when there is none. */
    public List<String> relays() {
        return turnUrls.stream()
                .flatMap(urls -> Arrays.stream(urls.split("[\\s,]+")))
                .filter(url -> !url.isEmpty())
                .toList();
    }

    /** Whether every call goes through the clinic's relay, so that neither side learns the other's address. */
    public boolean isRelayed() {
        return !relays().isEmpty();
    }
}
