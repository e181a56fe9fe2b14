package dev.portcullis.spring.boot;

import dev.portcullis.config.Configuration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Takes a property without a value for a part with nothing in it, where a part belongs. Immutable. */
final class EmptyParts extends AbstractBindHandler {

    private final BindHandler within;

    EmptyParts(BindHandler within) {
        super(within);
        this.within = within;
    }

    @Override
    public @Nullable Object onFailure(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) throws Exception {
        var type = target.getType().resolve(Object.class);
        if (isPart(type) && isEmpty(name, context)) {
            return within.onSuccess(name, target, context, nothingIn(type));
        }
        return super.onFailure(name, target, context, error);
    }

    private static boolean isPart(Class<?> type) {
        return type.isRecord() && type.getPackageName().equals(Configuration.class.getPackageName());
    }

    private static boolean isEmpty(ConfigurationPropertyName name, BindContext context) {
        return StreamSupport.stream(context.getSources().spliterator(), false)
                .map(source -> source.getConfigurationProperty(name))
                .filter(property -> property != null)
                .findFirst()
                .filter(property -> isNothing(property.getValue()))
                .isPresent();
    }

    private static boolean isNothing(Object value) {
        return value instanceof Map<?, ?> map ? map.isEmpty() : value.toString().isBlank();
    }

    private static Object nothingIn(Class<?> type) throws NoSuchMethodException {
        var types = Arrays.stream(type.getRecordComponents())
                .map(component -> component.getType())
                .toArray(Class<?>[]::new);
        return BeanUtils.instantiateClass(type.getDeclaredConstructor(types), new Object[types.length]);
    }
}
