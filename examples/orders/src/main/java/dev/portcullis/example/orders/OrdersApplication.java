package dev.portcullis.example.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The order service. It listens on the loopback address, on {@code PORT} or 8080. */
@SpringBootApplication
public class OrdersApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(OrdersApplication.class, arguments);
    }
}
