// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import java.util.List;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Recipient;
import org.sluse.host.location.Location;
import org.sluse.host.location.Placement;
import org.sluse.host.register.Eea;

/** What a paper is, and which recipients, or which places of a clinic's data, need one of the kind. */
public enum PaperKind {
    /** The contract with a processor (GDPR Art. 28(3)). */
    AGREEMENT {
        @Override
        boolean isNeededBy(Recipient recipient) {
            return true;
        }
    },
    /** The assessment of the risk for people whose special categories of data are processed (Art. 35(3)(b)). */
    RISK_ASSESSMENT {
        @Override
        boolean isNeededBy(Recipient recipient) {
            return recipient.categories().contains(DataCategory.ASSESSMENT);
        }
    },
    /** On what data may leave the EEA: an adequacy decision or appropriate safeguards (Art. 45 and 46). */
    TRANSFER_BASIS {
        @Override
        boolean isNeededBy(Recipient recipient) {
            return !Eea.contains(recipient.country());
        }
    },
    /** The clinic's own policy, in writing, that its data or backups of it may rest in a place outside the EEA (Art. 44). */
    PLACE_OUTSIDE_EEA {
        @Override
        List<Location> neededFor(Placement placement) {
            return placement.outsideEea();
        }
    },
    /** The clinic's own policy, in writing, that its backups may lie where its data rests, and be lost with it. */
    BACKUPS_BESIDE_DATA {
        @Override
        List<Location> neededFor(Placement placement) {
            return placement.hasBackupsBesideData() ? List.of(placement.location()) : List.of();
        }
    };

    /** Whether this recipient may receive nothing without one. */
    boolean isNeededBy(Recipient recipient) {
        return false;
    }

    /** For which of its locations a clinic that is placed so may have nothing on without one. */
    List<Location> neededFor(Placement placement) {
        return List.of();
    }
}
