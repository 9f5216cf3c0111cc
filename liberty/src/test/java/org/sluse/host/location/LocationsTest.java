// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

class LocationsTest {

    private final Map<String, String> settings = new HashMap<>();

    @Nested
    class Where_nothing_is_set {

        @Test
        void there_is_frankfurt_in_germany_and_nowhere_else() {
            var locations = at("Frankfurt");

            assertThat(locations.all()).singleElement().isEqualTo(locations.own());
            assertThat(locations.own().id()).isEqualTo("frankfurt");
            assertThat(locations.own().country()).isEqualTo("DE");
            assertThat(locations.placement(locations.own()).outsideEea()).isEmpty();
        }

        @Test
        void another_location_needs_its_country() {
            assertThatIllegalArgumentException().isThrownBy(() -> at("Oslo Centre"))
                    .withMessage(
                            "The country of location 'Oslo Centre' is missing; right would be sluse.location.oslo-centre.country, two capital letters (ISO 3166-1), for example NO");

            set("sluse.location.oslo-centre.country", "NO");
            assertThat(at("Oslo Centre").own().name()).isEqualTo("Oslo Centre");
        }
    }

    @Nested
    class Of_several {

        @Test
        void each_has_what_its_settings_say() {
            several();
            set("sluse.location.oslo.recipients", "host, operations");

            var oslo = at("oslo").own();

            assertThat(oslo.name()).isEqualTo("Oslo");
            assertThat(oslo.hosts()).containsExactly("host", "operations");
            assertThat(oslo.cluster().orElseThrow().user()).isEqualTo("sluse");
        }

        @Test
        void a_node_serves_one_that_is_named() {
            several();

            assertThatIllegalArgumentException().isThrownBy(() -> at("Bergen"))
                    .withMessage(
                            "sluse.location is 'Bergen', which sluse.locations does not name; right would be one of frankfurt, oslo, hamina");
        }

        @Test
        void one_without_a_cluster_keeps_backups_only() {
            several();

            assertThatIllegalArgumentException().isThrownBy(() -> at("Hamina"))
                    .withMessageStartingWith("sluse.location is 'Hamina', which has no PostgreSQL");
            assertThatThrownBy(() -> at("Oslo").require("hamina")).isInstanceOfSatisfying(ProblemException.class,
                    problem -> assertThat(problem.errors().getFirst().detail())
                            .isEqualTo("Clinics' data cannot rest in 'hamina'; right would be one of frankfurt, oslo"));
        }

        @Test
        void a_clinic_is_opened_where_its_data_is_to_rest() {
            several();
            var frankfurt = at("Frankfurt");

            assertThat(frankfurt.requireOwn("FRANKFURT")).isEqualTo(frankfurt.own());
            assertThatThrownBy(() -> frankfurt.requireOwn("oslo")).isInstanceOfSatisfying(ProblemException.class,
                    problem -> {
                        assertThat(problem.problem()).isEqualTo(Problem.NOT_ALLOWED_VALUE);
                        assertThat(problem.errors().getFirst().detail()).isEqualTo(
                                "This node keeps data in Frankfurt; right would be to open the clinic on a node of Oslo");
                    });
        }

        @Test
        void two_cannot_be_told_apart_by_signs_and_capitals() {
            set("sluse.locations", "Frankfurt, frankfurt!");

            assertThatIllegalArgumentException().isThrownBy(() -> at("Frankfurt"))
                    .withMessage("sluse.locations names 'frankfurt!' twice; right would be once");
        }
    }

    @Nested
    class Of_backups {

        @Test
        void it_is_said_where_they_lie() {
            several();
            set("sluse.backup.place", "/mnt/backups");
            set("sluse.location.oslo.backups-in", "hamina");

            assertThatIllegalArgumentException().isThrownBy(() -> at("Oslo"))
                    .withMessageStartingWith(
                            "Backups of location 'Frankfurt' are made, but sluse.location.frankfurt.backups-in does not say where sluse.backup.place lies; right would be");

            set("sluse.location.frankfurt.backups-in", "Hamina");
            var locations = at("Frankfurt");
            assertThat(locations.placement(locations.own()).backups()).isEqualTo(locations.find("hamina"));
        }

        @Test
        void whoever_tries_it_on_one_disk_need_not_say() {
            set("sluse.backup.place", "/data/backups");
            set("sluse.backup.same-disk", "true");
            var locations = at("Frankfurt");

            assertThat(locations.placement(locations.own()).backups()).isEmpty();
        }

        @Test
        void they_lie_in_a_location_that_is_named() {
            set("sluse.location.frankfurt.backups-in", "Hamina");

            assertThatIllegalArgumentException().isThrownBy(() -> at("Frankfurt"))
                    .withMessage(
                            "sluse.location.frankfurt.backups-in is 'hamina', which is no location; right would be one of frankfurt");
        }

        @Test
        void who_hosts_a_bucket_is_a_recipient() {
            inCloud("gs://clinic-backups/nights");
            set("sluse.backup.gs.region", "europe-north1");

            assertThatIllegalArgumentException().isThrownBy(() -> at("Frankfurt"))
                    .withMessage(
                            "Backups go to 'gs://clinic-backups/nights', and nobody hosts at location 'Hamina'; right would be sluse.location.hamina.recipients with the id of who runs that store, and what sluse.recipient.ID says of it");

            set("sluse.location.hamina.recipients", "store");
            var locations = at("Frankfurt");
            assertThat(locations.placement(locations.own()).hosts()).contains("store");
        }

        @ParameterizedTest
        @CsvSource({"gs://clinic-backups, gs, us-east1, US", "s3://clinic-backups, s3, us-east-1, US",
                "s3://clinic-backups, s3, eu-central-1, DE"})
        void a_bucket_lies_where_its_region_does(String place, String scheme, String region, String country) {
            inCloud(place);
            set("sluse.location.hamina.recipients", "store");
            set("sluse.backup." + scheme + ".region", region);

            assertThatIllegalArgumentException().isThrownBy(() -> at("Frankfurt"))
                    .withMessageStartingWith("The region of '" + place + "' lies in " + country
                            + ", and location 'Hamina' in FI; right would be");

            set("sluse.location.hamina.country", country);
            var locations = at("Frankfurt");
            assertThat(locations.placement(locations.own()).outsideEea())
                    .as("needs the clinic's word, as a folder does")
                    .hasSize(country.equals("US") ? 1 : 0);
        }

        @Test
        void a_bucket_is_on_no_disk_of_this_machine_and_amazons_address_is_amazons() {
            inCloud("s3://KEY:SECRET@clinic-backups");
            set("sluse.location.hamina.recipients", "store");
            set("sluse.backup.same-disk", "true");
            set("sluse.backup.s3.endpoint", "https://s3.us-east-1.amazonaws.com");
            set("sluse.backup.s3.region", "us-east-1");

            assertThatIllegalArgumentException().isThrownBy(() -> at("Frankfurt"))
                    .withMessageStartingWith("The region of 's3://...@clinic-backups' lies in US");
        }

        @Test
        void a_region_of_which_nobody_knows_where_it_lies_is_refused() {
            inCloud("gs://clinic-backups");
            set("sluse.location.hamina.recipients", "store");
            assertThatIllegalArgumentException().isThrownBy(() -> at("Frankfurt"))
                    .withMessageStartingWith("Setting 'sluse.backup.gs.region' is missing");

            set("sluse.backup.gs.region", "eu");
            assertThatIllegalArgumentException().isThrownBy(() -> at("Frankfurt"))
                    .withMessageStartingWith(
                            "sluse.backup.gs.region is 'eu', and this server does not know in which country that lies; right would be one of europe-central2,");
        }

        @Test
        void of_a_store_of_ones_own_the_operator_says_where_it_lies() {
            inCloud("s3://clinic-backups");
            set("sluse.location.hamina.recipients", "store");
            set("sluse.backup.s3.endpoint", "https://s3.hamina.example");
            set("sluse.backup.s3.region", "garage");

            assertThat(at("Frankfurt").own().backupsIn()).contains("hamina");
        }

        private void inCloud(String place) {
            several();
            set("sluse.backup.place", place);
            set("sluse.location.oslo.backups-in", "Hamina");
            set("sluse.location.frankfurt.backups-in", "Hamina");
        }

        @Test
        void those_beside_the_data_are_lost_with_it() {
            set("sluse.backup.place", "/mnt/backups");
            set("sluse.location.frankfurt.backups-in", "frankfurt");
            var locations = at("Frankfurt");

            assertThat(locations.placement(locations.own()).hasBackupsBesideData()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"DE,FI,", "NO,IS,", "LI,LI,", "CH,DE,One", "DE,GB,Other", "US,US,One Other"})
    void data_is_outside_the_eea_where_either_place_is(String country, String ofBackups, String outside) {
        assertThat(new Placement(location("One", country), Optional.of(location("Other", ofBackups))).outsideEea())
                .extracting(Location::name)
                .containsExactly(outside == null ? new String[0] : outside.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "Ø", "this name is a good deal longer than anybody would say it"})
    void a_name_has_a_letter_or_digit_and_is_short(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> location(name, "DE"))
                .withMessageStartingWith("A location's name is '" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "de", "XX", "DEU"})
    void a_country_is_one_of_iso_3166(String country) {
        assertThatIllegalArgumentException().isThrownBy(() -> location("Frankfurt", country))
                .withMessageStartingWith("The country of location 'Frankfurt' is '" + country + "'");
    }

    private static Location location(String name, String country) {
        return new Location(name, country, List.of(), Optional.empty(), Optional.empty());
    }

    private void several() {
        set("sluse.locations", "Frankfurt, Oslo, Hamina");
        set("sluse.location.oslo.country", "NO");
        set("sluse.location.oslo.postgres.url", "jdbc:postgresql://db.oslo.example:5432/postgres");
        set("sluse.location.oslo.postgres.user", "sluse");
        set("sluse.location.oslo.postgres.password", "secret");
        set("sluse.location.hamina.country", "FI");
    }

    private void set(String name, String value) {
        settings.put(name, value);
    }

    private Locations at(String own) {
        return Locations.of(name -> Optional.ofNullable(settings.get(name)), own);
    }
}
