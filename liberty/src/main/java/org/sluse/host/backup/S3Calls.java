// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.host.outgoing.PersistentHttp;
import org.sluse.host.outgoing.Received;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Signed calls on one bucket of an S3-compatible store, the bucket in the path, and what its refusals mean for the operator. Thread-safe; blocks. */
final class S3Calls {

    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final byte[] NOTHING = {};

    private final Bucket bucket;
    private final URI endpoint;
    private final SigV4 signer;
    private final PersistentHttp http;
    private final Clock clock;

    /** @param endpoint without a path, for example {@code https://s3.eu-north-1.amazonaws.com} */
    S3Calls(Bucket bucket, URI endpoint, SigV4 signer, PersistentHttp http, Clock clock) {
        this.bucket = bucket;
        this.endpoint = endpoint;
        this.signer = signer;
        this.http = http;
        this.clock = clock;
    }

    /**
     * A request.
     *
     * @param key of the object; empty for the bucket
     * @param query not encoded
     * @param length how many of the bytes are its body
     */
    record Call(String method, String key, SortedMap<String, String> query, Map<String, String> headers, byte[] bytes,
            int length) {

        static Call of(String method, String key) {
            return new Call(method, key, new TreeMap<>(), Map.of(), NOTHING, 0);
        }

        Call with(Map<String, String> parameters) {
            return new Call(method, key, new TreeMap<>(parameters), headers, bytes, length);
        }

        Call heading(Map<String, String> names) {
            return new Call(method, key, query, Map.copyOf(names), bytes, length);
        }

        Call carrying(byte[] body, int size) {
            return new Call(method, key, query, headers, body, size);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    Received send(Call call) throws IOException {
        return send(call, received -> false);
    }

    /** @param again what passes besides @throws PlaceFailedException when nobody answers, also after some attempts */
    Received send(Call call, Predicate<Received> again) throws IOException {
        var path = "/" + bucket.name() + (call.key().isEmpty()
                ? ""
                : "/" + Arrays.stream(call.key().split("/", -1)).map(SigV4::encoded).collect(Collectors.joining("/")));
        var query = SigV4.query(call.query());
        var address = URI.create(endpoint + path + (query.isEmpty() ? "" : "?" + query));
        var sha256 = sha256(call.bytes(), call.length());
        try {
            return http.send(() -> {
                // Signed for each attempt anew: a signature holds for a quarter of an hour.
                var request = new HttpUriRequestBase(call.method(), address);
                call.headers().forEach(request::addHeader);
                signer.sign(call.method(), endpoint.getRawAuthority(), path, call.query(), call.headers(), sha256,
                        clock.instant()).forEach(request::addHeader);
                if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
                    request.setEntity(new ByteArrayEntity(call.bytes(), 0, call.length(), null));
                }
                return request;
            }, WITHIN, again);
        } catch (NotSentException | NoAnswerException silent) {
            throw new PlaceFailedException("The backup place '" + bucket + "' does not answer at " + endpoint
                    + "; right would be an address in sluse.backup.s3.endpoint that this machine can reach", silent);
        }
    }

    private static String sha256(byte[] bytes, int length) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }

    /** What a refusal calls itself, for example {@code NoSuchKey}; empty where it does not say. */
    static Optional<String> code(Received received) {
        try {
            var root = xml(received);
            return root.getTagName().equals("Error") ? texts(root, "Code").stream().findFirst() : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The root of an answer. @throws IOException when it is no XML */
    static Element xml(Received received) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(received.body())).getDocumentElement();
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("The XML parser of Java is missing", impossible);
        } catch (SAXException unreadable) {
            throw new IOException("an answer that is no XML", unreadable);
        }
    }

    /** What the elements of this name say, in their order. */
    static List<String> texts(Element root, String name) {
        var found = root.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(each -> found.item(each).getTextContent()).toList();
    }

    /** What a refusal means. */
    PlaceFailedException refused(Received received) {
        var code = code(received).orElse("");
        var wrong = switch (code) {
            case "NoSuchBucket" -> "has no bucket of that name; right would be one that exists at " + endpoint;
            case "InvalidAccessKeyId" -> "does not know the access key '" + signer.accessKey()
                    + "'; right would be sluse.backup.s3.access-key of a user of " + endpoint;
            case "SignatureDoesNotMatch" ->
                "does not accept the signature; right would be, in the file of sluse.backup.s3.secret-key-file, the secret key that belongs to the access key '"
                        + signer.accessKey() + "'";
            case "AccessDenied", "AllAccessDisabled" -> "does not allow it to the access key '" + signer.accessKey()
                    + "'; right would be a policy with s3:ListBucket, s3:GetObject, s3:PutObject, s3:DeleteObject and s3:AbortMultipartUpload";
            case "RequestTimeTooSkewed" ->
                "has another time than this machine, whose clock says " + clock.instant()
                        + "; right would be a clock that a time server sets";
            case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException" ->
                "does not lie in region '" + signer.region() + "'; right would be sluse.backup.s3.region"
                        + received.header("x-amz-bucket-region").map(region -> "=" + region).orElse(" of the bucket");
            default -> "answers " + received.status() + (code.matches("\\w{1,60}") ? " (" + code + ")" : "")
                    + "; right would be a store that speaks the S3 API at " + endpoint
                    + ", and to try again later where it is only busy";
        };
        return new PlaceFailedException("The backup place '" + bucket + "' " + wrong);
    }
}
