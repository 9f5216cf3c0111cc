// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/** Text that PostgreSQL can keep: every character but U+0000 (PostgreSQL, 8.3, character types). */
final class StorableText extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;

    StorableText() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
        var text = StringDeserializer.instance.deserialize(json, context);
        if (text.indexOf('\0') >= 0) {
            throw JsonMappingException.from(json, "not storable",
                    new IllegalArgumentException(
                            "The text holds the character U+0000; right would be text without it"));
        }
        return text;
    }
}
