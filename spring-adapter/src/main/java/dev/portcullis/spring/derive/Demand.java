package dev.portcullis.spring.derive;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the application's validator demands of one value. Implementations are immutable. */
interface Demand {

    /** Demands nothing. */
    Demand NONE = new Demand() {

        @Override
        public void addTo(ObjectNode schema, Class<?> type) {}

        @Override
        public boolean cascades() {
            return false;
        }

        @Override
        public Demand element(int index) {
            return this;
        }
    };

    /** Adds what it demands to the schema of values of the type, as far as a schema can say it. */
    void addTo(ObjectNode schema, Class<?> type);

    /** Tells whether what is in the value is asked for too. */
    boolean cascades();

    /** What it demands of what is in the value, by the type's argument. */
    Demand element(int index);
}
