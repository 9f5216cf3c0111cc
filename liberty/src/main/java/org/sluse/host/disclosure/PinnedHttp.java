// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.util.Timeout;
import org.sluse.disclosure.Answer;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;

/** The HTTP client of the gate: connects only to addresses that may be called, follows nothing, retries nothing, reads at most 4 MiB, waits at most 30 s for each next byte. */
@OnePerNode
final class PinnedHttp {

    private static final int LARGEST_ANSWER = 4 * 1024 * 1024;

    private final CloseableHttpClient client;

    @Inject
    PinnedHttp(HostSettings settings) {
        this(new AddressPolicy(settings.privateRecipients()));
    }

    PinnedHttp(AddressPolicy policy) {
        this(policy, SystemDefaultDnsResolver.INSTANCE);
    }

    PinnedHttp(AddressPolicy policy, DnsResolver names) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new SystemDefaultDnsResolver() {
                    @Override
                    public InetAddress[] resolve(String host) throws UnknownHostException {
                        // What is checked here is what is connected to: there is no second look-up that could answer differently.
                        var addresses = names.resolve(host);
                        if (!Arrays.stream(addresses).allMatch(policy::mayConnect)) {
                            throw new UnknownHostException("address not allowed");
                        }
                        return addresses;
                    }
                })
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(5))
                        .setSocketTimeout(Timeout.ofSeconds(30))
                        .setTimeToLive(org.apache.hc.core5.util.TimeValue.ofMinutes(1))
                        .build())
                .setMaxConnTotal(50)
                .setMaxConnPerRoute(10)
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Sluse")
                .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(30, TimeUnit.SECONDS).build())
                .build();
    }

    @PreDestroy
    void stop() {
        client.close(org.apache.hc.core5.io.CloseMode.GRACEFUL);
    }

    Answer send(HttpUriRequestBase request) {
        try {
            return client.execute(request, response -> {
                var headers = new HashMap<String, String>();
                for (var header : response.getHeaders()) {
                    headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
                }
                var entity = response.getEntity();
                var body = entity == null ? new byte[0] : entity.getContent().readNBytes(LARGEST_ANSWER + 1);
                if (body.length > LARGEST_ANSWER) {
                    throw new IOException("answer too large");
                }
                return new Answer(response.getCode(), headers, new String(body, StandardCharsets.UTF_8));
            });
        } catch (UnknownHostException | HttpHostConnectException | ConnectTimeoutException
                | ConnectionRequestTimeoutException unreachable) {
            throw new NotSentException("The recipient cannot be reached", unreachable);
        } catch (IOException unknown) {
            throw new NoAnswerException("The recipient did not answer as it should", unknown);
        }
    }
}
