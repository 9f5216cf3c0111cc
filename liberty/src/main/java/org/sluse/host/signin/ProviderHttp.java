// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.signin;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.host.outgoing.AddressPolicy;
import org.sluse.host.outgoing.PinnedHttp;

/** What the OpenID library sends, on the server's own way out: the addresses are the provider's, and so anybody's who may name a provider. */
final class ProviderHttp implements HTTPRequestSender, ResourceRetriever {

    /** Somebody waits before a browser. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AddressPolicy addresses;
    private final PinnedHttp http;

    ProviderHttp(AddressPolicy addresses, PinnedHttp http) {
        this.addresses = addresses;
        this.http = http;
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest asked) throws IOException {
        check(asked.getURI());
        var request = new HttpUriRequestBase(asked.getMethod().name(), asked.getURI());
        asked.getHeaderMap().forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
        if (asked.getBody() != null) {
            // The library has set the content type as a header.
            request.setEntity(new ByteArrayEntity(asked.getBody().getBytes(StandardCharsets.UTF_8), null));
        }
        try {
            var answer = http.send(request, PATIENCE);
            var response = new HTTPResponse(answer.status());
            answer.headers().forEach(response::setHeader);
            response.setBody(answer.body());
            return response;
        } catch (NotSentException | NoAnswerException silent) {
            throw new IOException(silent);
        }
    }

    @Override
    public Resource retrieveResource(URL address) throws IOException {
        var response = send(new HTTPRequest(HTTPRequest.Method.GET, address));
        if (response.getStatusCode() != HTTPResponse.SC_OK) {
            throw new IOException("status " + response.getStatusCode());
        }
        return new Resource(response.getBody(), "application/jwk-set+json");
    }

    private void check(URI address) throws IOException {
        if (!addresses.mayCall(address)) {
            throw new IOException("address not allowed");
        }
    }
}
