// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.location;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** In which country the regions of two vendors lie. One that is not named here cannot be used: nobody would know whether it lies in the EEA. */
final class Regions {

    private static final Map<String, String> AMAZON = Map.ofEntries(Map.entry("eu-central-1", "DE"),
            Map.entry("eu-central-2", "CH"), Map.entry("eu-north-1", "SE"), Map.entry("eu-south-1", "IT"),
            Map.entry("eu-south-2", "ES"), Map.entry("eu-west-1", "IE"), Map.entry("eu-west-2", "GB"),
            Map.entry("eu-west-3", "FR"), Map.entry("ca-central-1", "CA"), Map.entry("us-east-1", "US"),
            Map.entry("us-east-2", "US"), Map.entry("us-west-1", "US"), Map.entry("us-west-2", "US"));
    private static final Map<String, String> GOOGLE = Map.ofEntries(Map.entry("europe-central2", "PL"),
            Map.entry("europe-north1", "FI"), Map.entry("europe-north2", "SE"), Map.entry("europe-southwest1", "ES"),
            Map.entry("europe-west1", "BE"), Map.entry("europe-west2", "GB"), Map.entry("europe-west3", "DE"),
            Map.entry("europe-west4", "NL"), Map.entry("europe-west6", "CH"), Map.entry("europe-west8", "IT"),
            Map.entry("europe-west9", "FR"), Map.entry("europe-west10", "DE"), Map.entry("europe-west12", "IT"),
            Map.entry("us-central1", "US"), Map.entry("us-east1", "US"), Map.entry("us-west1", "US"));

    private Regions() {
    }

    /** @param setting that names it @throws IllegalArgumentException when it is not known */
    static String amazon(String setting, String region) {
        return country(AMAZON, setting, region);
    }

    /** As {@link #amazon}. */
    static String google(String setting, String region) {
        return country(GOOGLE, setting, region);
    }

    private static String country(Map<String, String> regions, String setting, String region) {
        return Optional.ofNullable(regions.get(region))
                .orElseThrow(() -> new IllegalArgumentException(setting + " is '" + region
                        + "', and this server does not know in which country that lies; right would be one of "
                        + String.join(", ", new TreeMap<>(regions).keySet())));
    }
}
