// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.jitsi;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.sluse.disclosure.Answer;
import org.sluse.disclosure.DisclosureGate;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.DisclosureRefusedException.Reason;
import org.sluse.disclosure.OutboundCall;
import org.sluse.id.Ids;
import org.sluse.video.provider.MediaProvider;

/** Jitsi behind a gate that hands over, and fails on any call: nothing is to be asked of Jitsi. */
public final class JitsiByHand {

    private Optional<Reason> refusal = Optional.empty();

    /** From now on the gate refuses. */
    void refuses(Reason reason) {
        refusal = Optional.of(reason);
    }

    /** The provider under test. */
    public MediaProvider provider(Ids ids, Clock clock) {
        return new Jitsi(new DisclosureGate() {

            @Override
            public Answer send(OutboundCall call) {
                throw new AssertionError("Something was asked of Jitsi");
            }

            @Override
            public URI handOver(OutboundCall call) {
                refusal.ifPresent(reason -> {
                    throw new DisclosureRefusedException(reason, "refused by hand");
                });
                return URI.create(call.target() + "?jwt=" + ((JitsiRecords.RoomEntry) call.payload()).jwt());
            }
        }, ids, clock);
    }
}
