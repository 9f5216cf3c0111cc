// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.patient;

import org.sluse.problem.SeenVersion;

/** For tests of other packages. */
public final class PatientsAtHand {

    private PatientsAtHand() {}

    public static String add(Patients patients, String number) {
        return patients.add(number, "Patient " + number).id().toString();
    }

    /** As whoever has read this version says it. */
    static SeenVersion seen(int version) {
        return SeenVersion.of(SeenVersion.tag(version));
    }

    public static void correct(Patients patients, String id, String number) {
        patients.correct(id, seen(patients.get(id).version()), number, "Patient " + number);
    }
}
