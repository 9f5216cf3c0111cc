// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.outgoing;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.util.Timeout;
import org.sluse.disclosure.Answer;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;

/**
 * The HTTP client of the server: connects only to addresses that the {@link AddressPolicy} allows, follows nothing, retries nothing. An answer has at most 4 MiB
 * and is there, whole, within the time that the call is given, however slowly it comes. Thread-safe; blocks.
 */
@OnePerNode
public final class PinnedHttp {

    private static final String SENDING = "sluse.sending";
    private static final int LARGEST_ANSWER = 4 * 1024 * 1024;
    private static final Duration LONGEST_CALL = Duration.ofSeconds(30);
    private static final Timeout TO_CONNECT = Timeout.ofSeconds(5);
    private static final int CONNECTIONS = 50;
    private static final int CONNECTIONS_TO_ONE = 10;

    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("deadlines").factory());

    @Inject
    PinnedHttp(HostSettings settings) {
        this(new AddressPolicy(settings.privateRecipients()));
    }

    /** With names as this machine looks them up. */
    public PinnedHttp(AddressPolicy policy) {
        this(policy, SystemDefaultDnsResolver.INSTANCE);
    }

    PinnedHttp(AddressPolicy policy, DnsResolver names) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new PinnedNames(policy, names))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(TO_CONNECT)
                        .setSocketTimeout(Timeout.of(LONGEST_CALL))
                        .setTimeToLive(org.apache.hc.core5.util.TimeValue.ofMinutes(1))
                        .build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS_TO_ONE)
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), "sending", (request, scope, chain) -> {
                    // There is a connection, and nothing is left to do but to send.
                    scope.clientContext.setAttribute(SENDING, Boolean.TRUE);
                    return chain.proceed(request, scope);
                })
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Sluse")
                .setDefaultRequestConfig(RequestConfig.custom()
                        // Where all connections to a recipient are in use, one waits no longer for them than for a new one.
                        .setConnectionRequestTimeout(TO_CONNECT)
                        .setResponseTimeout(Timeout.of(LONGEST_CALL))
                        .build())
                .build();
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /** Breaks off what is under way. */
    @PreDestroy
    public void stop() {
        deadlines.shutdownNow();
        client.close(org.apache.hc.core5.io.CloseMode.GRACEFUL);
    }

    /** Sends, and has the whole answer within 30 s; otherwise as {@link #send(HttpUriRequestBase, Duration)}. */
    public Answer send(HttpUriRequestBase request) {
        return send(request, LONGEST_CALL);
    }

    /** As {@link #fetch}, the body as text. */
    public Answer send(HttpUriRequestBase request, Duration within) {
        var received = fetch(request, within);
        return new Answer(received.status(), received.headers(), received.text());
    }

    /**
     * Sends, and has the whole answer within this time.
     *
     * @param within from now on; it ends before when no byte comes for 30 s
     * @throws NotSentException when it is certain that nothing was sent
     * @throws NoAnswerException when it was perhaps sent, and no whole answer came
     */
    Received fetch(HttpUriRequestBase request, Duration within) {
        // A timeout of the socket begins anew with each byte, so that a recipient who sends one now and then would hold the thread for ever.
        var deadline = deadlines.schedule(request::cancel, within.toMillis(), TimeUnit.MILLISECONDS);
        var context = HttpClientContext.create();
        try {
            return client.execute(request, context, response -> {
                var headers = new HashMap<String, String>();
                for (var header : response.getHeaders()) {
                    headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
                }
                var entity = response.getEntity();
                var body = entity == null ? new byte[0] : entity.getContent().readNBytes(LARGEST_ANSWER + 1);
                if (body.length > LARGEST_ANSWER) {
                    throw new IOException("answer too large");
                }
                return new Received(response.getCode(), headers, body);
            });
        } catch (IOException failed) {
            // Not by the kind of the exception: a refused request and a broken answer are of the same kind.
            if (context.getAttribute(SENDING) == null) {
                throw new NotSentException("The recipient cannot be reached", failed);
            }
            throw new NoAnswerException("The recipient did not answer as it should", failed);
        } finally {
            deadline.cancel(false);
        }
    }
}
