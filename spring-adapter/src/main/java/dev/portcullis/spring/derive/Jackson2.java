package dev.portcullis.spring.derive;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.CreatorProperty;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.impl.TypeWrappedDeserializer;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a mapper of Jackson 2 makes of JSON, by the readers that it has found for its types. Thread-safe. */
final class Jackson2 implements Mapping {

    private static final String OWN = "com.fasterxml.jackson.";

    private final ObjectMapper mapper;

    Jackson2(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public Tried tried(Type type, String json) {
        try {
            return new Tried(true, mapper.readerFor(mapper.constructType(type)).readValue(json));
        } catch (JsonProcessingException | RuntimeException e) {
            return Tried.FAILED;
        }
    }

    @Override
    public @Nullable String written(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException | RuntimeException e) {
            return null;
        }
    }

    @Override
    public Class<?> raw(Type type) {
        return mapper.constructType(type).getRawClass();
    }

    @Override
    public Kind kind(Type type) {
        var java = mapper.constructType(type);
        if (java.getRawClass() == Object.class || JsonNode.class.isAssignableFrom(java.getRawClass())) {
            return new Kind.Open("");
        }
        try {
            var found = context().findRootValueDeserializer(java);
            return found instanceof TypeWrappedDeserializer ? oneOf(java) : kind(java, found);
        } catch (JsonMappingException | RuntimeException e) {
            return new Kind.Open("the mapper has no reader for it");
        }
    }

    private DefaultDeserializationContext context() {
        return ((DefaultDeserializationContext) mapper.getDeserializationContext())
                .createDummyInstance(mapper.getDeserializationConfig());
    }

    private Kind kind(JavaType java, JsonDeserializer<?> found) {
        var raw = java.getRawClass();
        if (!found.getClass().getName().startsWith(OWN)) {
            return new Kind.Open("read by " + found.getClass().getName());
        }
        if (java.isEnumType()) {
            return new Kind.Words(raw, found.getClass().getSimpleName().equals("EnumDeserializer"));
        }
        if (raw == byte[].class || raw == char[].class) {
            return new Kind.Leaf(raw);
        }
        if (java.isContainerType()) {
            return java.isMapLikeType() ? new Kind.Named(java.getContentType()) : new Kind.Many(java.getContentType());
        }
        if (java.isReferenceType()) {
            return new Kind.Held(java.getContentType());
        }
        if (found instanceof BeanDeserializerBase bean) {
            return members(java, bean);
        }
        return raw.isPrimitive() || raw.getName().startsWith("java.")
                ? new Kind.Leaf(raw)
                : new Kind.Open("read by " + found.getClass().getName());
    }

    private Kind members(JavaType java, BeanDeserializerBase bean) {
        var described = mapper.getDeserializationConfig().introspect(java);
        var trouble = trouble(bean);
        if (trouble != null) {
            return new Kind.Open(trouble);
        }
        var definitions = new LinkedHashMap<String, BeanPropertyDefinition>();
        described.findProperties().forEach(definition -> definitions.put(definition.getName(), definition));
        var members = new ArrayList<Member>();
        bean.properties().forEachRemaining(property -> {
            var definition = definitions.get(property.getName());
            if (!property.isInjectionOnly() && (definition == null || spread(definition) == null)) {
                members.add(member(property, definition));
            }
        });
        members.addAll(toldBeside(definitions.values(), members));
        var spread = spread(definitions.values(), members);
        if (spread == null) {
            return new Kind.Open("what is spread over its members is not known well enough");
        }
        members.addAll(spread.members);
        return new Kind.Members(
                java.getRawClass(),
                members,
                spread.open ? "" : spread.members.isEmpty() ? unknown(described) : lenient(unknown(described)),
                ignored(described, definitions.keySet()),
                otherwise(java, bean));
    }

    private static @Nullable String trouble(BeanDeserializerBase bean) {
        if (!bean.getClass().getSimpleName().equals("BeanDeserializer")) {
            return "read by " + bean.getClass().getSimpleName();
        }
        if (bean.isCaseInsensitive() || bean.getObjectIdReader() != null) {
            return "names in any case, or objects by reference";
        }
        return null;
    }

    /** Members of objects that are spread over another, and whether these take any others. */
    private record Spread(List<Member> members, boolean open) {}

    /** How members of what is spread are called; null when it is not. */
    private @Nullable NameTransformer spread(BeanPropertyDefinition definition) {
        var member = definition.getPrimaryMember();
        return member == null
                ? null
                : mapper.getDeserializationConfig().getAnnotationIntrospector().findUnwrappingNameTransformer(member);
    }

    private @Nullable Spread spread(Collection<BeanPropertyDefinition> definitions, List<Member> others) {
        var spread = new LinkedHashMap<String, Member>();
        var open = false;
        for (var definition : definitions) {
            var names = spread(definition);
            if (names == null) {
                continue;
            }
            if (!(kind(definition.getPrimaryType()) instanceof Kind.Members own)) {
                return null;
            }
            open |= own.unknown().isEmpty();
            for (var member : own.members()) {
                var name = names.transform(member.name());
                var unsure = member.open() || !member.aliases().isEmpty() || spread.containsKey(name);
                open |= !member.aliases().isEmpty();
                var reading = unsure ? Reading.OPEN : member.reading();
                spread.put(name, new Member(name, List.of(), member.type(), "", false, reading));
            }
        }
        others.forEach(other -> spread.remove(other.name()));
        return new Spread(List.copyOf(spread.values()), open);
    }

    /** What nobody else takes is ignored by whom it is handed to. */
    private static String lenient(String unknown) {
        return unknown.isEmpty() ? "" : "ignore";
    }

    private static Member member(SettableBeanProperty property, @Nullable BeanPropertyDefinition definition) {
        var own = definition == null
                || isToldApart(property)
                || property.getAnnotation(JsonDeserialize.class) != null
                || property.hasValueDeserializer()
                        && !property.getValueDeserializer().getClass().getName().startsWith(OWN);
        var aliases = definition == null
                ? List.<String>of()
                : definition.findAliases().stream()
                        .map(PropertyName::getSimpleName)
                        .toList();
        var name = definition == null ? "" : definition.getInternalName();
        var required = property instanceof CreatorProperty && property.isRequired();
        var formatted = property.getAnnotation(JsonFormat.class) != null;
        var reading = own ? Reading.OPEN : formatted ? Reading.FORMATTED : Reading.PLAIN;
        return new Member(property.getName(), aliases, property.getType(), name, required, reading);
    }

    /** Tells whether the property itself says how the type of its value is told. */
    private static boolean isToldApart(SettableBeanProperty property) {
        return property.getValueTypeDeserializer() != null && property.getAnnotation(JsonTypeInfo.class) != null;
    }

    /** Members of which another member tells the type, and those that tell it: the mapper counts them among no others. */
    private List<Member> toldBeside(Collection<BeanPropertyDefinition> definitions, List<Member> others) {
        var names = new LinkedHashSet<String>();
        var config = mapper.getDeserializationConfig();
        var introspector = config.getAnnotationIntrospector();
        for (var definition : definitions) {
            var member = definition.getPrimaryMember();
            var said = member == null ? null : introspector.findPolymorphicTypeInfo(config, member);
            said = said != null || member == null
                    ? said
                    : introspector.findPolymorphicTypeInfo(
                            config,
                            config.introspectClassAnnotations(definition.getPrimaryType())
                                    .getClassInfo());
            if (said != null && said.getInclusionType() == JsonTypeInfo.As.EXTERNAL_PROPERTY) {
                names.add(definition.getName());
                var told = String.valueOf(said.getPropertyName());
                names.add(
                        told.isEmpty() || told.equals("null") ? said.getIdType().getDefaultPropertyName() : told);
            }
        }
        others.forEach(other -> names.remove(other.name()));
        return names.stream()
                .map(name -> new Member(name, List.of(), Object.class, "", false, Reading.OPEN))
                .toList();
    }

    private String unknown(BeanDescription described) {
        if (described.findAnySetterAccessor() != null) {
            return "";
        }
        var config = mapper.getDeserializationConfig();
        var ignorals = config.getDefaultPropertyIgnorals(described.getBeanClass(), described.getClassInfo());
        var lenient = ignorals != null && ignorals.getIgnoreUnknown()
                || config.getProblemHandlers() != null
                || !config.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        return lenient ? "ignore" : "deny";
    }

    private List<String> ignored(BeanDescription described, Set<String> names) {
        var all = new HashSet<>(names);
        all.addAll(described.getIgnoredPropertyNames());
        var ignorals = mapper.getDeserializationConfig()
                .getDefaultPropertyIgnorals(described.getBeanClass(), described.getClassInfo());
        if (ignorals != null) {
            all.addAll(ignorals.findIgnoredForDeserialization());
        }
        mapper.getSerializationConfig()
                .introspect(described.getType())
                .findProperties()
                .forEach(definition -> all.add(definition.getName()));
        return List.copyOf(all);
    }

    private boolean otherwise(JavaType java, BeanDeserializerBase bean) {
        var maker = bean.getValueInstantiator();
        return maker.canCreateFromString()
                || maker.canCreateFromInt()
                || maker.canCreateFromLong()
                || maker.canCreateFromDouble()
                || maker.canCreateFromBoolean()
                || maker.canCreateUsingDelegate()
                || maker.canCreateUsingArrayDelegate()
                || tried(java, "\"\"").read()
                || tried(java, "[]").read();
    }

    private Kind oneOf(JavaType java) throws JsonMappingException {
        var config = mapper.getDeserializationConfig();
        var described = config.introspectClassAnnotations(java);
        var said = config.getAnnotationIntrospector().findPolymorphicTypeInfo(config, described.getClassInfo());
        var telling = said == null ? null : Telling.of(said);
        if (said == null
                || telling == null
                || mapper.isEnabled(MapperFeature.ACCEPT_CASE_INSENSITIVE_VALUES)
                || !config.isEnabled(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE)) {
            return new Kind.Open(
                    said == null ? "its subtypes are told apart in a way of their own" : Telling.why(said));
        }
        var subtypes = config.getSubtypeResolver();
        var choices = new LinkedHashMap<String, Kind.Members>();
        for (var type : telling == Telling.SHAPE
                ? subtypes.collectAndResolveSubtypesByClass(config, described.getClassInfo())
                : subtypes.collectAndResolveSubtypesByTypeId(config, described.getClassInfo())) {
            if (Modifier.isAbstract(type.getType().getModifiers())) {
                continue;
            }
            var own = config.constructSpecializedType(java, type.getType());
            var kind = kind(own, context().findContextualValueDeserializer(own, null));
            if (telling != Telling.SHAPE && !type.hasName() || !(kind instanceof Kind.Members members)) {
                return new Kind.Open("`" + type.getType().getSimpleName() + "` is not known well enough");
            }
            choices.put(telling == Telling.SHAPE ? type.getType().getName() : type.getName(), members);
        }
        return choices.isEmpty()
                ? new Kind.Open("no subtypes")
                : new Kind.OneOf(telling, String.valueOf(said.getPropertyName()), Map.copyOf(choices));
    }
}
