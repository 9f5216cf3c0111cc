// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.shell;

import java.util.Base64;
import org.sluse.host.key.Sha256;

/** Under which names modules import each other (HTML, import maps). The only thing that is inline in a page, and allowed there by its hash. */
final class ImportMap {

    static final String JSON = """
            {"imports":{"lit":"/ui/lit/lit/index.js","lit/":"/ui/lit/lit/","lit-html":"/ui/lit/lit-html/lit-html.js","lit-html/":"/ui/lit/lit-html/",\
            "lit-element":"/ui/lit/lit-element/index.js","lit-element/":"/ui/lit/lit-element/","@lit/reactive-element":"/ui/lit/reactive-element/reactive-element.js",\
            "@lit/reactive-element/":"/ui/lit/reactive-element/","kit":"/ui/kit/kit.js"}}""";

    static final String HASH = "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(JSON));

    private ImportMap() {
    }
}
