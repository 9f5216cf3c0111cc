// SPDX-License-Identifier: Apache-2.0
package org.sluse.problem;

import java.util.regex.Pattern;

/**
 * A kind of error.
 *
 * @param slug the last part of the type URI {@code https://sluse.org/problem/<slug>}; pages show the text {@code problem.<slug>}
 * @param title one English line that is the same for each occurrence
 * @param status the HTTP status, 400 to 599
 */
public record Problem(String slug, String title, int status) {

    private static final Pattern SLUG = Pattern.compile("[a-z]+(-[a-z]+)*");

    /** The same answer for: unknown path, unknown tenant, module off, object of somebody else. */
    public static final Problem NOT_FOUND = new Problem("not-found", "There is nothing at this address", 404);
    /** The body is not JSON, or not of the shape that is expected. */
    public static final Problem MALFORMED = new Problem("malformed", "The request could not be read", 400);
    /** The body can be read, and a value in it is not allowed; see {@code errors}. */
    public static final Problem NOT_ALLOWED_VALUE = new Problem("not-allowed-value", "A value is not allowed", 422);
    /** More bytes than the address takes. */
    public static final Problem TOO_LARGE = new Problem("too-large", "The request is too large", 413);
    /** Nobody is signed in. */
    public static final Problem NOT_SIGNED_IN = new Problem("not-signed-in", "Sign in first", 401);
    /** Signed in, and not for this. */
    public static final Problem FORBIDDEN = new Problem("forbidden", "This is not open to you", 403);
    /** The one-time link is wrong, used by another browser, or withdrawn. */
    public static final Problem LINK_NOT_IN_USE = new Problem("link-not-in-use", "This link is not in use", 410);
    /** The one-time link has expired. */
    public static final Problem LINK_EXPIRED = new Problem("link-expired", "This link has expired", 410);
    /** The state of the object does not allow the act (any more). */
    public static final Problem CONFLICT = new Problem("conflict", "The state does not allow this", 409);
    /** What the request says it has seen is no longer what is there; see {@link SeenVersion}. */
    public static final Problem CHANGED_MEANWHILE = new Problem("changed-meanwhile",
            "Somebody has changed this meanwhile", 412);
    /** The request does not say which version it changes; see {@link SeenVersion}. */
    public static final Problem VERSION_NOT_SAID = new Problem("version-not-said", "Say which version this changes",
            428);
    /** A module cannot be switched on yet; see {@code reasons}. */
    public static final Problem NOT_READY = new Problem("not-ready", "The module is not ready", 409);
    /** A part that is needed does not answer now; try again. */
    public static final Problem UNAVAILABLE = new Problem("unavailable", "This is not available now", 503);

    public Problem {
        if (!SLUG.matcher(slug).matches() || status < 400 || status > 599) {
            throw new IllegalArgumentException(
                    "Problem '" + slug + "' needs a lower-case slug and a status of 400 to 599");
        }
    }

    /** The type URI. It names the problem; nothing is served there. */
    public String type() {
        return "https://sluse.org/problem/" + slug;
    }
}
