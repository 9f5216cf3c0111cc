// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.secret.Secret;
import org.sluse.settings.Setting;

/** A settings record as a form: its fields, and how text becomes the record. */
final class SettingsForm<S extends Record> {

    private final Class<S> type;
    private final List<Field> fields;

    /** What kind of input a field needs. */
    enum Kind {
        TEXT, URL, INTEGER, BOOLEAN, CHOICE, SECRET
    }

    /**
     * One field.
     *
     * @param optional whether it may be absent
     * @param options of a choice
     */
    record Field(String name, Kind kind, boolean optional, Setting bounds, Type valueType, List<String> options) {}

    private SettingsForm(Class<S> type, List<Field> fields) {
        this.type = type;
        this.fields = fields;
    }

    static <S extends Record> SettingsForm<S> of(Class<S> type) {
        return new SettingsForm<>(type, Arrays.stream(type.getRecordComponents()).map(SettingsForm::field).toList());
    }

    List<Field> fields() {
        return fields;
    }

    /** A number that is in force with these values, and never more than its field allows: one that was set before may have been allowed more. */
    int number(Map<String, String> values, String name) {
        var bounds = fields.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow().bounds();
        return Math.min(Integer.parseInt(values.getOrDefault(name, bounds.byDefault())), bounds.max());
    }

    private static Field field(RecordComponent component) {
        var bounds = component.getAnnotation(Setting.class);
        if (bounds == null) {
            throw new IllegalStateException(
                    "Setting '" + component.getName() + "' of " + component.getDeclaringRecord().getName()
                            + " is not declared; right would be @Setting on the component");
        }
        var optional = component.getType() == Optional.class;
        Type value = optional
                ? ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                : component.getType();
        var kind = kind(value);
        return new Field(component.getName(), kind, optional, bounds, value,
                kind == Kind.CHOICE
                        ? Arrays.stream(((Class<?>) value).getEnumConstants()).map(Object::toString).toList()
                        : List.of());
    }

    private static Kind kind(Type type) {
        if (type == int.class) {
            return Kind.INTEGER;
        } else if (type == boolean.class) {
            return Kind.BOOLEAN;
        } else if (type == URI.class) {
            return Kind.URL;
        } else if (type == Secret.class) {
            return Kind.SECRET;
        } else if (type == String.class) {
            return Kind.TEXT;
        } else if (type instanceof Class<?> constant && constant.isEnum()) {
            return Kind.CHOICE;
        }
        throw new IllegalStateException("A setting cannot be a " + type.getTypeName()
                + "; right would be one of the types that @Setting names");
    }

    /** Refuses names that are no field and values that are not allowed; all of them at once. */
    void check(Map<String, String> values) {
        var errors = new ArrayList<FieldError>();
        values.keySet()
                .stream()
                .filter(name -> fields.stream().noneMatch(field -> field.name().equals(name)))
                .forEach(name -> errors.add(
                        new FieldError("/" + name, "unknown-setting", "There is no such setting; right would be one of "
                                + fields.stream().map(Field::name).toList())));
        for (var field : fields) {
            try {
                value(field, values.get(field.name()));
            } catch (IllegalArgumentException wrong) {
                errors.add(new FieldError("/" + field.name(), field.kind().name().toLowerCase(java.util.Locale.ROOT),
                        String.valueOf(wrong.getMessage())));
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.NOT_ALLOWED_VALUE,
                    errors.size() + " of the settings are not allowed; nothing was changed", errors);
        }
        read(values);
    }

    /** The record with these values, and the defaults for the others. */
    S read(Map<String, String> values) {
        try {
            Constructor<S> constructor = type.getDeclaredConstructor(
                    Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor
                    .newInstance(fields.stream().map(field -> value(field, values.get(field.name()))).toArray());
        } catch (ReflectiveOperationException failed) {
            if (failed.getCause() instanceof ProblemException told) {
                throw told;
            }
            throw new IllegalStateException("Settings " + type.getName() + " cannot be made from their values", failed);
        }
    }

    private static Object value(Field field, @Nullable String given) {
        var text = given == null ? field.bounds().byDefault() : given;
        if (field.optional()) {
            return text.isEmpty() ? Optional.empty() : Optional.of(plain(field, text));
        }
        return plain(field, text);
    }

    private static Object plain(Field field, String text) {
        return switch (field.kind()) {
            case INTEGER -> integer(field, text);
            case BOOLEAN -> bool(text);
            case URL -> url(text);
            case SECRET -> new Secret(shortEnough(field, text));
            case TEXT -> shortEnough(field, text);
            case CHOICE -> choice(field, text);
        };
    }

    private static int integer(Field field, String text) {
        try {
            var number = Integer.parseInt(text);
            if (number >= field.bounds().min() && number <= field.bounds().max()) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with the bounds.
        }
        throw new IllegalArgumentException("'" + field.name() + "' is not allowed; right would be a whole number from "
                + field.bounds().min() + " to "
                + field.bounds().max());
    }

    private static boolean bool(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("The value is neither 'true' nor 'false'");
    }

    private static URI url(String text) {
        var uri = parsed(text);
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null
                || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    "This is not the base of a web address; right would be one like https://record.example/fhir");
        }
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
    }

    /** An address without a host where there is none: the parser's own message would repeat the value. */
    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException notAnAddress) {
            return URI.create("");
        }
    }

    private static String shortEnough(Field field, String text) {
        if (text.length() > field.bounds().max() || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "'" + field.name() + "' is too long or has control characters; right would be up to "
                            + field.bounds().max() + " characters");
        }
        return text;
    }

    private static Object choice(Field field, String text) {
        return Arrays.stream(((Class<?>) field.valueType()).getEnumConstants())
                .filter(option -> option.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + field.name() + "' is not allowed; right would be one of " + field.options()));
    }
}
