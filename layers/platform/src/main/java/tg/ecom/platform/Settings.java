package tg.ecom.platform;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A function's settings, read from its environment into records: component {@code databaseHost} is the variable
 * {@code ECOM_DATABASE_HOST}. A component is a String, an int, a URI or an Optional of String. A function starts only
 * when every variable that it declares is there and every {@code ECOM_} variable that is there is declared.
 */
public final class Settings {
    private static final String PREFIX = "ECOM_";

    private final Map<Class<? extends Record>, Record> records;

    private Settings(Map<Class<? extends Record>, Record> records) {
        this.records = records;
    }

    /**
     * Reads all the records that a function declares.
     *
     * @throws IllegalStateException one message that names every missing, unknown and malformed variable
     */
    public static Settings read(Map<String, String> environment, List<Class<? extends Record>> declared) {
        List<String> faults = new ArrayList<>();
        Set<String> known = new HashSet<>();
        Map<Class<? extends Record>, Record> records = new HashMap<>();
        for (Class<? extends Record> type : declared) {
            int faultsBefore = faults.size();
            Object[] values = new Object[type.getRecordComponents().length];
            for (int i = 0; i < values.length; i++) {
                RecordComponent component = type.getRecordComponents()[i];
                String name = variable(component.getName());
                known.add(name);
                values[i] = value(name, component, environment, faults);
            }
            if (faults.size() == faultsBefore) {
                records.put(type, construct(type, values, faults));
            }
        }
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(PREFIX) && !known.contains(name)) {
                faults.add(name + " is unknown");
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("Settings: " + String.join("; ", faults) + ".");
        }
        return new Settings(records);
    }

    /** The settings of that record. @throws IllegalArgumentException when the function did not declare it */
    public <T extends Record> T get(Class<T> type) {
        Record settings = records.get(type);
        if (settings == null) {
            throw new IllegalArgumentException(type.getSimpleName() + " is not declared by this function");
        }
        return type.cast(settings);
    }

    static String variable(String component) {
        return PREFIX + component.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    private static Object value(
            String name, RecordComponent component, Map<String, String> environment, List<String> faults) {
        Optional<String> text = Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
        if (component.getType() == Optional.class) {
            return text;
        }
        if (text.isEmpty()) {
            faults.add(name + " is missing");
            return null;
        }
        try {
            return converted(text.get(), component.getType());
        } catch (IllegalArgumentException malformed) {
            faults.add(name + " is no " + component.getType().getSimpleName());
            return null;
        }
    }

    private static Object converted(String text, Class<?> type) {
        if (type == int.class) {
            return Integer.valueOf(text);
        }
        if (type == URI.class) {
            return URI.create(text);
        }
        return text;
    }

    private static Record construct(Class<? extends Record> type, Object[] values, List<String> faults) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            return (Record) constructor.newInstance(values);
        } catch (ReflectiveOperationException refused) {
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            faults.add(type.getSimpleName() + ": " + cause.getMessage());
            return null;
        }
    }
}
