// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.outgoing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/** Looks names up, and gives only addresses that may be connected to. What is checked here is what is connected to: there is no second look-up that could answer differently. */
final class PinnedNames extends SystemDefaultDnsResolver {

    private final AddressPolicy policy;
    private final DnsResolver names;

    PinnedNames(AddressPolicy policy, DnsResolver names) {
        this.policy = policy;
        this.names = names;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var addresses = names.resolve(host);
        if (!Arrays.stream(addresses).allMatch(policy::mayConnect)) {
            throw new UnknownHostException("address not allowed");
        }
        return addresses;
    }
}
