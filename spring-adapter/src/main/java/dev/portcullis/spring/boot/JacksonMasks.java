package dev.portcullis.spring.boot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.util.NameTransformer;
import dev.portcullis.spring.Masked;
import java.io.Serial;
import java.util.List;

/** Masks what Jackson 2 writes. */
final class JacksonMasks implements MaskingMapper {

    private final Noted noted = new Noted();

    @Override
    public Object masking(Object mapper) {
        var module = new SimpleModule("portcullis-masks").setSerializerModifier(new Modifier(noted));
        return ((ObjectMapper) mapper).copy().registerModule(module);
    }

    @Override
    public Noted probe(Object mapper, Class<?> type) {
        try {
            ((ObjectMapper) mapper).acceptJsonFormatVisitor(type, new JsonFormatVisitorWrapper.Base());
        } catch (JsonMappingException e) {
            return noted; // what cannot be written is not masked, and does not go out
        }
        return noted;
    }

    /** Puts a mask before every property that asks for one. */
    private static final class Modifier extends BeanSerializerModifier {

        @Serial
        private static final long serialVersionUID = 1;

        private final transient Noted noted;

        Modifier(Noted noted) {
            this.noted = noted;
        }

        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
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
        public void assignSerializer(JsonSerializer<Object> serializer) {
            plain.assignSerializer(serializer);
        }

        @Override
        public void assignNullSerializer(JsonSerializer<Object> serializer) {
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
        public void serializeAsField(Object bean, JsonGenerator json, SerializerProvider serializers) throws Exception {
            var value = plain.get(bean);
            if (value == null || sight.isPlain()) {
                plain.serializeAsField(bean, json, serializers);
                return;
            }
            var shown = sight.shown(value);
            if (!isUnwrapping() && (shown != null || !willSuppressNulls())) {
                json.writeFieldName(getSerializedName());
                json.writeString(shown);
            }
        }

        @Override
        public void serializeAsElement(Object bean, JsonGenerator json, SerializerProvider serializers)
                throws Exception {
            var value = plain.get(bean);
            if (value == null || sight.isPlain()) {
                plain.serializeAsElement(bean, json, serializers);
            } else {
                json.writeString(sight.shown(value));
            }
        }
    }
}
