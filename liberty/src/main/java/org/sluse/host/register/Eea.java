// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.util.Locale;
import java.util.Set;

/** Countries between which GDPR asks for no basis of transfer: the European Union, Iceland, Liechtenstein and Norway (EEA Joint Committee 154/2018). */
public final class Eea {

    private static final Set<String> COUNTRIES = Set.of("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI",
            "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE",
            "SI", "SK");

    private Eea() {}

    /** Whether the country is one of them. @param country ISO 3166-1 alpha-2 */
    public static boolean contains(String country) {
        return COUNTRIES.contains(country.toUpperCase(Locale.ROOT));
    }
}
