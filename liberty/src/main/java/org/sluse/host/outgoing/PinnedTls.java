// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.outgoing;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.ssl.SSLContexts;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;

/**
 * TLS connections of the server: only to addresses that the {@link AddressPolicy} allows, TLS 1.2 or 1.3, the host name verified as for https (RFC 9110, 4.3.4).
 * Thread-safe; blocks.
 */
@OnePerNode
public final class PinnedTls {

    /** How long a conversation may last, from the attempt to connect on. */
    public static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int TO_CONNECT_MILLIS = 5000;
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final PinnedNames names;
    private final SSLContext trust;
    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("tls-deadlines").factory());

    /** Trusts what Java trusts, as the HTTP client does; the container may have made a default of its own. */
    @Inject
    PinnedTls(HostSettings settings) {
        this(new AddressPolicy(settings.privateRecipients()), SystemDefaultDnsResolver.INSTANCE,
                SSLContexts.createDefault());
    }

    PinnedTls(AddressPolicy policy, DnsResolver names, SSLContext trust) {
        this.names = new PinnedNames(policy, names);
        this.trust = trust;
        deadlines.setRemoveOnCancelPolicy(true);
    }

    @PreDestroy
    void stop() {
        deadlines.shutdownNow();
    }

    /**
     * Connects, and has shaken hands when it returns.
     *
     * @param plain not connected; it is closed when this fails, and closing it breaks the connection off whatever it is doing
     * @param timeoutMillis for the connection and then for each answer of the handshake; 0 for 5 s, and never more
     */
    public SSLSocket connect(Socket plain, String host, int port, int timeoutMillis) throws IOException {
        var patience = timeoutMillis == 0 ? TO_CONNECT_MILLIS : Math.min(timeoutMillis, TO_CONNECT_MILLIS);
        var afterwards = plain.getSoTimeout();
        try {
            plain.connect(new InetSocketAddress(first(host), port), patience);
            plain.setSoTimeout(patience);
            var tls = (SSLSocket) trust.getSocketFactory().createSocket(plain, host, port, true);
            var parameters = tls.getSSLParameters();
            parameters.setProtocols(PROTOCOLS);
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            plain.setSoTimeout(afterwards);
            return tls;
        } catch (IOException failed) {
            plain.close();
            throw failed;
        }
    }

    /** Does this after so long, unless it is cancelled; it must not block. */
    public Future<?> after(Duration time, Runnable late) {
        return deadlines.schedule(late, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private InetAddress first(String host) throws IOException {
        return names.resolve(host)[0];
    }
}
