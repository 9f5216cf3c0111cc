// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.secret.SealBrokenException;
import org.sluse.secret.Secrets;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/** What every implementation of {@link Secrets} is held to. */
public abstract class SecretsContract {

    private static final Tenant NORTH = KnownTenant.CLINIC_NORTH;
    private static final Tenant SOUTH = new Tenant(new TenantId("clinic-south"), "Clinic South", "Frankfurt");
    private static final byte[] PLAIN = "a key that nobody may read".getBytes(StandardCharsets.UTF_8);

    /** The secrets of this plugin while this clinic is bound; each call is of the same installation. */
    protected abstract Secrets of(Tenant tenant, String plugin);

    @Test
    void what_was_sealed_opens_under_its_name() {
        var sealed = of(NORTH, "alpha").seal("key", PLAIN);

        assertThat(of(NORTH, "alpha").open("key", sealed)).isEqualTo(PLAIN);
    }

    @Test
    void nothing_at_all_can_be_sealed_too() {
        var secrets = of(NORTH, "alpha");

        assertThat(secrets.open("key", secrets.seal("key", new byte[0]))).isEmpty();
    }

    @Test
    void what_is_sealed_does_not_show_what_it_is_and_is_never_twice_the_same() {
        var secrets = of(NORTH, "alpha");

        var sealed = secrets.seal("key", PLAIN);

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("nobody");
        assertThat(secrets.seal("key", PLAIN)).isNotEqualTo(sealed);
    }

    @Test
    void what_was_sealed_opens_under_no_other_name_for_no_other_plugin_and_no_other_clinic() {
        var sealed = of(NORTH, "alpha").seal("key", PLAIN);

        refuses(of(NORTH, "alpha"), "another", sealed);
        refuses(of(NORTH, "beta"), "key", sealed);
        refuses(of(SOUTH, "alpha"), "key", sealed);
    }

    @Test
    void what_was_altered_or_never_sealed_does_not_open() {
        var secrets = of(NORTH, "alpha");
        var sealed = secrets.seal("key", PLAIN);
        sealed[sealed.length - 1] ^= 1;

        refuses(secrets, "key", sealed);
        refuses(secrets, "key", PLAIN);
        refuses(secrets, "key", new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Key", "a|b", "two words", "käy"})
    void a_name_is_of_lower_case_letters_digits_and_hyphens(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> of(NORTH, "alpha").seal(name, PLAIN))
                .withMessageContaining("right would be");
    }

    private static void refuses(Secrets secrets, String name, byte[] sealed) {
        assertThatExceptionOfType(SealBrokenException.class).isThrownBy(() -> secrets.open(name, sealed))
                .withMessageContaining("'" + name + "'");
    }
}
