// SPDX-License-Identifier: Apache-2.0
package org.sluse.problem;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which version of something a caller has seen and corrects, so that nobody overwrites what they have not read (RFC 9110, 13.1.1).
 *
 * @param header {@code If-Match} as it came; empty when it did not
 */
public record SeenVersion(Optional<String> header) {

    private static final Pattern TAGS = Pattern.compile("(?:W/)?\"[!#-~]*\"");

    /** Of a request. @param ifMatch the header; null when it was not sent */
    public static SeenVersion of(@Nullable String ifMatch) {
        return new SeenVersion(Optional.ofNullable(ifMatch).map(String::strip));
    }

    /** The entity tag of a version, for the header {@code ETag}. @param version without quotation marks */
    public static String tag(Object version) {
        return "\"" + version + "\"";
    }

    /**
     * Goes on when the present version is one that was seen, or the caller takes any ({@code *}).
     *
     * @param version the present one, as in {@link #tag}
     * @throws ProblemException {@link Problem#VERSION_NOT_SAID} without a header, {@link Problem#CHANGED_MEANWHILE} when it names others
     */
    public void require(Object version) {
        var seen = header.orElseThrow(() -> new ProblemException(Problem.VERSION_NOT_SAID,
                "The request does not say which version is corrected; right would be If-Match with the ETag that it came with"));
        if (!seen.equals("*") && TAGS.matcher(seen).results().map(MatchResult::group).noneMatch(tag(version)::equals)) {
            throw new ProblemException(Problem.CHANGED_MEANWHILE,
                    "This was changed meanwhile; right would be to read it anew");
        }
    }
}
