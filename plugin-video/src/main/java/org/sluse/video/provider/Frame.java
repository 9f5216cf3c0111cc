// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider;

import java.net.URI;

/**
 * A provider's page that is shown in a frame of ours, for one person.
 *
 * @param address with what the person's browser takes there; whoever has it can enter as this person, so it is shown to nobody else and kept nowhere
 * @param by the provider's legal name
 */
public record Frame(URI address, String by) {

    @Override
    public String toString() {
        return "[frame]";
    }
}
