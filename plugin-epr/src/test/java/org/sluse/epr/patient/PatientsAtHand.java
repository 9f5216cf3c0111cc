// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.patient;

import java.util.Optional;

/** For tests of other packages. */
public final class PatientsAtHand {

    private PatientsAtHand() {}

    public static String add(Patients patients, String number) {
        return patients.add(number, "Patient " + number).id().toString();
    }

    public static void correct(Patients patients, String id, String number) {
        patients.correct(id, Optional.of(patients.get(id).version()), number, "Patient " + number);
    }
}
