// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.shell;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Under which names modules import each other (HTML, import maps). The only thing that is inline in a page, and allowed there by its hash. */
final class ImportMap {

    static final String JSON = """
            {"imports":{"lit":"/ui/lit/lit/index.js","lit/":"/ui/lit/lit/","lit-html":"/ui/lit/lit-html/lit-html.js","lit-html/":"/ui/lit/lit-html/",\
            "lit-element":"/ui/lit/lit-element/index.js","lit-element/":"/ui/lit/lit-element/","@lit/reactive-element":"/ui/lit/reactive-element/reactive-element.js",\
            "@lit/reactive-element/":"/ui/lit/reactive-element/","kit":"/ui/kit/kit.js"}}""";

    static final String HASH = hash();

    private ImportMap() {
    }

    private static String hash() {
        try {
            return "sha256-" + Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(JSON.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }
}
