// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.seal;

/** Where a clinic's keys come from. */
public interface KeyRing {

    /** The clinic's keys as this node knows them; made when the clinic has none yet. */
    ClinicKey key();

    /** Read anew: another node may have rotated them. */
    ClinicKey keyAnew();
}
