// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

import javax.net.SocketFactory;

/**
 * The way out for a library that speaks a protocol of its own, for example SMTP. It makes sockets that look plain to the library and speak TLS to the recipient, 1.2 or
 * 1.3, with the host name verified; nothing can be sent without TLS, so the library is told to use none of its own (no STARTTLS).
 *
 * <p>For the plugin into which it is injected and the bound tenant, {@link java.net.Socket#connect} asks everything that {@link DisclosureGate#send} asks. It throws {@link
 * DisclosureRefusedException} when the gate says no, and {@link java.io.IOException} when the recipient cannot be reached; nothing was sent then. From there to
 * {@link java.net.Socket#close} is one disclosure in the ledger, with the bytes that the library wrote. It is broken off after 30 s, and as soon as the module goes
 * off. Host and port must be those of an endpoint {@code tls://host:port} of the recipient: {@link Recipient#endpoints()}.
 */
public interface DisclosureSockets {

    /** Sockets for this. A library may keep the factory; each socket is for the tenant that is bound when it connects. Thread-safe. */
    SocketFactory factory(OutboundConversation conversation);
}
