package tg.ecom.platform;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.Locale;
import java.util.UUID;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.Id;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;

/** How kernel's values, ids of every kind and enums look in JSON. */
final class KernelModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    KernelModule() {
        super("kernel");
        addSerializer(Money.class, writing((money, json) -> json.writeNumber(money.amount())));
        addSerializer(Phone.class, writing((phone, json) -> json.writeString(phone.e164())));
        addSerializer(Cursor.class, writing((cursor, json) -> json.writeString(cursor.encoded())));
        addSerializer(
                Id.class, writing((id, json) -> json.writeString(id.value().toString())));
        addSerializer(Language.class, writing((language, json) -> json.writeString(language.code())));
        addSerializer(Enum.class, writing((constant, json) -> json.writeString(lower(constant))));
        addDeserializer(Money.class, reading(JsonToken.VALUE_NUMBER_INT, json -> new Money(json.getLongValue())));
        addDeserializer(Phone.class, text(Phone::of));
        addDeserializer(Language.class, text(Language::of));
        addDeserializer(
                Cursor.class,
                text(value ->
                        Cursor.decode(value).orElseThrow(() -> new IllegalArgumentException("no cursor of this API"))));
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addDeserializers(new Families());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Ids and enums: one deserializer serves each of their types. */
    private static final class Families extends Deserializers.Base {
        @Override
        public JsonDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription description) {
            if (!Id.class.isAssignableFrom(type.getRawClass())
                    || !type.getRawClass().isRecord()) {
                return null;
            }
            Constructor<?> constructor = type.getRawClass().getConstructors()[0];
            return text(value -> instance(constructor, uuid(value)));
        }

        @Override
        public JsonDeserializer<?> findEnumDeserializer(
                Class<?> type, DeserializationConfig config, BeanDescription description) {
            if (type == Language.class) {
                return null;
            }
            return text(value -> constant(type, value));
        }

        /** UUID.fromString alone takes {@code 1-1-1-1-1} too. */
        private static UUID uuid(String value) {
            UUID id = UUID.fromString(value);
            if (!id.toString().equalsIgnoreCase(value)) {
                throw new IllegalArgumentException("no UUID");
            }
            return id;
        }

        private static Object instance(Constructor<?> constructor, UUID value) {
            try {
                return constructor.newInstance(value);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private static Object constant(Class<?> type, String value) {
            for (Object constant : type.getEnumConstants()) {
                if (lower((Enum<?>) constant).equals(value)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("no value " + value);
        }
    }

    private interface Writing<T> {
        void write(T value, JsonGenerator json) throws IOException;
    }

    private interface Reading<T> {
        T read(JsonParser json) throws IOException;
    }

    private interface OfText<T> {
        T of(String value);
    }

    private static <T> JsonSerializer<T> writing(Writing<T> writing) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                writing.write(value, json);
            }
        };
    }

    private static <T> JsonDeserializer<T> text(OfText<T> of) {
        return reading(JsonToken.VALUE_STRING, json -> of.of(json.getText()));
    }

    private static <T> JsonDeserializer<T> reading(JsonToken expected, Reading<T> reading) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
                if (json.currentToken() != expected) {
                    throw InvalidFormatException.from(json, "must be a " + expected, json.getText(), Object.class);
                }
                try {
                    return reading.read(json);
                } catch (IllegalArgumentException refused) {
                    throw InvalidFormatException.from(json, refused.getMessage(), json.getText(), Object.class);
                }
            }
        };
    }
}
