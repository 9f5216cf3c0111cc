// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.link;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sluse.tenant.TenantId;

/** Cookies as they stand in headers. */
public final class LinkCookie {

    private LinkCookie() {
    }

    static String name(TenantId tenant, String linkId, URI publicUrl) {
        return guarded("sluse-link-" + tenant.value() + "-" + linkId, publicUrl);
    }

    /** The name under which a browser keeps it. With TLS the browser itself guards that no other host, path or plain connection has set it (RFC 6265bis, 4.1.3.2). */
    public static String guarded(String name, URI publicUrl) {
        return isTls(publicUrl) ? "__Host-" + name : name;
    }

    /** The ids of the clinic's links of which there is a cookie in a request's {@code Cookie} header, whatever its value. */
    static List<String> links(TenantId tenant, String header, URI publicUrl) {
        var prefix = name(tenant, "", publicUrl);
        return Arrays.stream(header.split(";"))
                .map(String::strip)
                .filter(pair -> pair.startsWith(prefix) && pair.indexOf('=') > 0)
                .map(pair -> pair.substring(prefix.length(), pair.indexOf('=')))
                .distinct()
                .toList();
    }

    /** The value of the cookie in a request's {@code Cookie} header (RFC 6265, 5.4). */
    public static Optional<String> value(String header, String name) {
        return Arrays.stream(header.split(";"))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** A {@code Set-Cookie} value that no script can read and no other site can send. */
    public static String set(String name, String value, Instant expires, URI publicUrl) {
        return name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax; Expires="
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(expires.atOffset(ZoneOffset.UTC))
                + (isTls(publicUrl) ? "; Secure" : "");
    }

    private static boolean isTls(URI publicUrl) {
        return "https".equals(publicUrl.getScheme());
    }
}
