package dev.portcullis.spring.boot;

import dev.portcullis.spring.Masked;
import java.io.Serial;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.util.NameTransformer;

/** Masks what Jackson 3 writes, which Spring Boot 4 brings. */
final class Jackson3Masks implements MaskingMapper {

    private final Noted noted = new Noted();

    @Override
    public Object masking(Object mapper) {
        var module = new SimpleModule("portcullis-masks").setSerializerModifier(new Modifier(noted));
        return ((ObjectMapper) mapper).rebuild().addModule(module).build();
    }

    @Override
    public Noted probe(Object mapper, Class<?> type) {
        try {
            ((ObjectMapper) mapper).acceptJsonFormatVisitor(type, new JsonFormatVisitorWrapper.Base());
        } catch (JacksonException e) {
            return noted; // what cannot be written is not masked, and does not go out
        }
        return noted;
    }

    /** Puts a mask before every property that asks for one. */
    private static final class Modifier extends ValueSerializerModifier {

        @Serial
        private static final long serialVersionUID = 1;

        private final transient Noted noted;

        Modifier(Noted noted) {
            this.noted = noted;
        }

        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription.Supplier bean, List<BeanPropertyWriter> properties) {
            properties.replaceAll(writer -> {
                var masked = writer.getAnnotation(Masked.class);
                if (masked == null) {
                    return writer;
                }
                noted.add(bean.getBeanClass(), writer.getMember().getName());
                return new Writer(writer, new Sight(masked));
            });
            return properties;
        }
    }

    /** Writes a property, or its mask. */
    private static final class Writer extends BeanPropertyWriter {

        @Serial
        private static final long serialVersionUID = 1;

        private final BeanPropertyWriter plain;
        private final Sight sight;

        Writer(BeanPropertyWriter plain, Sight sight) {
            super(plain);
            this.plain = plain;
            this.sight = sight;
        }

        @Override
        public BeanPropertyWriter rename(NameTransformer names) {
            return new Writer(plain.rename(names), sight);
        }

        @Override
        public void assignSerializer(ValueSerializer<Object> serializer) {
            plain.assignSerializer(serializer);
        }

        @Override
        public void assignNullSerializer(ValueSerializer<Object> serializer) {
            plain.assignNullSerializer(serializer);
        }

        @Override
        public void assignTypeSerializer(TypeSerializer serializer) {
            plain.assignTypeSerializer(serializer);
        }

        @Override
        public boolean isUnwrapping() {
            return plain.isUnwrapping();
        }

        @Override
        public void serializeAsProperty(Object bean, JsonGenerator json, SerializationContext context)
                throws Exception {
            var value = plain.get(bean);
            if (value == null || sight.isPlain()) {
                plain.serializeAsProperty(bean, json, context);
                return;
            }
            var shown = sight.shown(value);
            if (!isUnwrapping() && (shown != null || !willSuppressNulls())) {
                json.writeName(getSerializedName());
                json.writeString(shown);
            }
        }

        @Override
        public void serializeAsElement(Object bean, JsonGenerator json, SerializationContext context) throws Exception {
            var value = plain.get(bean);
            if (value == null || sight.isPlain()) {
                plain.serializeAsElement(bean, json, context);
            } else {
                json.writeString(sight.shown(value));
            }
        }
    }
}
