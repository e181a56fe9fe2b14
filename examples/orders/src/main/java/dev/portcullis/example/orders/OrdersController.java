package dev.portcullis.example.orders;

import dev.portcullis.spring.Guard;
import dev.portcullis.spring.RequireScope;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Orders, read and placed by callers with a token. The policies that it names are in {@code application.yml}. */
@RestController
@RequestMapping("/api/orders")
class OrdersController {

    private static final UUID FIRST = UUID.fromString("3f2504e0-4f89-41d3-9a0c-0305e82c3301");

    private final Map<UUID, Order> orders =
            new ConcurrentHashMap<>(Map.of(FIRST, new Order(FIRST, "portcullis, wrought iron", 1)));

    /** What a caller wants. */
    record NewOrder(String item, int quantity) {}

    /** What was ordered. */
    record Order(UUID id, String item, int quantity) {}

    @GetMapping
    @Guard("orders-read")
    @RequireScope("orders:read")
    Collection<Order> list() {
        return orders.values();
    }

    @GetMapping("/{id}")
    @Guard("orders-read")
    @RequireScope("orders:read")
    Order get(@PathVariable UUID id) {
        var order = orders.get(id);
        if (order == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return order;
    }

    @PostMapping
    @Guard("orders-write")
    @RequireScope("orders:write")
    @ResponseStatus(HttpStatus.CREATED)
    Order create(@RequestBody NewOrder wanted) {
        var order = new Order(UUID.randomUUID(), wanted.item(), wanted.quantity());
        orders.put(order.id(), order);
        return order;
    }
}
