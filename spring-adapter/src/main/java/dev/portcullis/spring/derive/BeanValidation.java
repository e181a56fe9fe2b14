package dev.portcullis.spring.derive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Validator;
import jakarta.validation.groups.Default;
import jakarta.validation.metadata.CascadableDescriptor;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.ContainerDescriptor;
import jakarta.validation.metadata.ElementDescriptor;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a validator of Jakarta Bean Validation demands. Immutable. */
final class BeanValidation implements Demands {

    private final Validator validator;

    BeanValidation(Validator validator) {
        this.validator = validator;
    }

    @Override
    public Demand of(Class<?> type, String property, List<Class<?>> groups) {
        return property.isEmpty()
                ? Demand.NONE
                : demand(validator.getConstraintsForClass(type).getConstraintsForProperty(property), groups);
    }

    @Override
    public Demand of(Class<?> type, Method method, int parameter) {
        var described = validator
                .getConstraintsForClass(type)
                .getConstraintsForMethod(method.getName(), method.getParameterTypes());
        return described == null
                ? Demand.NONE
                : demand(described.getParameterDescriptors().get(parameter), List.of());
    }

    @Override
    public boolean objects(Object bean, String property, List<Class<?>> groups) {
        return !validator
                .validateProperty(bean, property, groups.toArray(Class<?>[]::new))
                .isEmpty();
    }

    private static Demand demand(@Nullable ElementDescriptor described, List<Class<?>> groups) {
        return described == null ? Demand.NONE : new Described(described, groups);
    }

    private record Described(ElementDescriptor described, List<Class<?>> groups) implements Demand {

        @Override
        public void addTo(ObjectNode schema, Class<?> type) {
            described.getConstraintDescriptors().forEach(constraint -> add(constraint, schema, type));
        }

        private void add(ConstraintDescriptor<?> constraint, ObjectNode schema, Class<?> type) {
            if (holds(constraint)) {
                ConstraintWords.add(constraint.getAnnotation(), schema, type);
                if (isConjunction(constraint)) {
                    constraint.getComposingConstraints().forEach(part -> add(part, schema, type));
                }
            }
        }

        private boolean holds(ConstraintDescriptor<?> constraint) {
            var own = constraint.getGroups();
            return groups.isEmpty()
                    ? own.isEmpty() || own.contains(Default.class)
                    : groups.stream().anyMatch(own::contains) || own.isEmpty() && groups.contains(Default.class);
        }

        /** Hibernate's validator can join parts by or, and deny what they allow. */
        private static boolean isConjunction(ConstraintDescriptor<?> constraint) {
            for (var annotation : constraint.getAnnotation().annotationType().getAnnotations()) {
                if (annotation.annotationType().getSimpleName().equals("ConstraintComposition")) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean cascades() {
            return described instanceof CascadableDescriptor cascading
                    && cascading.isCascaded()
                    && cascading.getGroupConversions().isEmpty();
        }

        @Override
        public Demand element(int index) {
            if (!(described instanceof ContainerDescriptor container)) {
                return Demand.NONE;
            }
            for (var element : container.getConstrainedContainerElementTypes()) {
                if (Integer.valueOf(index).equals(element.getTypeArgumentIndex())) {
                    return new Described(element, groups);
                }
            }
            return Demand.NONE;
        }
    }
}
