// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Recipient;
import org.sluse.host.register.Eea;

/** What a paper is, and which recipients need one of the kind. */
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
    };

    /** Whether this recipient may receive nothing without one. */
    abstract boolean isNeededBy(Recipient recipient);
}
