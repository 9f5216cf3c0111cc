// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluse.disclosure.Carries;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Impersonal;
import org.sluse.disclosure.Outbound;

/** What the components of an outgoing record say that they carry. */
public final class OutboundRecords {

    private OutboundRecords() {
    }

    /** Refuses a record that is not wholly declared. */
    public static void check(Class<? extends Record> type) {
        if (type.getAnnotation(Outbound.class) == null) {
            throw new IllegalStateException(
                    "Record " + type.getName() + " leaves and does not say to whom; right would be @Outbound");
        }
        for (var component : type.getRecordComponents()) {
            var carries = component.isAnnotationPresent(Carries.class);
            if (carries == component.isAnnotationPresent(Impersonal.class)) {
                throw new IllegalStateException("Component '" + component.getName() + "' of " + type.getName()
                        + " is not declared; right would be exactly one of @Carries and @Impersonal");
            }
        }
    }

    /** The recipient's id that records of this type name. */
    public static String recipient(Class<? extends Record> type) {
        check(type);
        return type.getAnnotation(Outbound.class).to();
    }

    /** The recipient's id that the record names. */
    static String recipient(Record payload) {
        return recipient(payload.getClass());
    }

    /** Everything that records of this type carry. */
    static Set<DataCategory> categories(Class<? extends Record> payload) {
        var categories = EnumSet.noneOf(DataCategory.class);
        Arrays.stream(payload.getRecordComponents())
                .map(component -> component.getAnnotation(Carries.class))
                .filter(java.util.Objects::nonNull)
                .forEach(carries -> categories.addAll(Arrays.asList(carries.value())));
        return categories;
    }

    /** The values by component. */
    static Map<String, Object> values(Record payload) {
        var values = new LinkedHashMap<String, Object>();
        for (RecordComponent component : payload.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                values.put(component.getName(), accessor.invoke(payload));
            } catch (ReflectiveOperationException unreadable) {
                throw new IllegalStateException("Component '" + component.getName() + "' of "
                        + payload.getClass().getName() + " cannot be read", unreadable);
            }
        }
        return values;
    }
}
