package dev.portcullis.drill;

import java.util.concurrent.TimeUnit;

/** The time that passes. */
interface Time {

    /** The time of the system. */
    Time SYSTEM = new Time() {

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) {
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    };

    /** Nanoseconds since some moment. */
    long nanos();

    /** Lets this long pass. */
    void sleep(long nanos);
}
