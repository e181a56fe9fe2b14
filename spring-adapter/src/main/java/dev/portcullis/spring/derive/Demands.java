package dev.portcullis.spring.derive;

import java.lang.reflect.Method;
import java.util.List;

/** What the application's validator demands of members and parameters. Implementations are immutable. */
interface Demands {

    /** Demands of an application without a validator. */
    Demands NONE = new Demands() {

        @Override
        public Demand of(Class<?> type, String property, List<Class<?>> groups) {
            return Demand.NONE;
        }

        @Override
        public Demand of(Class<?> type, Method method, int parameter) {
            return Demand.NONE;
        }

        @Override
        public boolean objects(Object bean, String property, List<Class<?>> groups) {
            return false;
        }
    };

    /** What is demanded of a property in these groups; none of them means the default. */
    Demand of(Class<?> type, String property, List<Class<?>> groups);

    /** What is demanded of a parameter of a method. */
    Demand of(Class<?> type, Method method, int parameter);

    /** Tells whether something is wrong with the property of a value. */
    boolean objects(Object bean, String property, List<Class<?>> groups);
}
