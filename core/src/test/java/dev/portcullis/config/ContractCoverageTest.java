package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContractCoverageTest {

    @Test
    void saysWhatOnlyOneOfThemKnows() {
        var operations = List.of("GET /orders/{id}", "POST /orders", "GET /gone");
        var handlers = List.of(
                new Endpoint("Orders#get", List.of("/orders/{number:[0-9]{1,3}}"), Set.of("GET"), List.of()),
                new Endpoint("Orders#create", List.of("/orders"), Set.of("POST", "PUT"), List.of()),
                new Endpoint("Orders#any", List.of("/any"), Set.of(), List.of()));

        assertThat(ContractCoverage.missing(operations, handlers))
                .containsExactly("no handler for GET /gone", "no operation for PUT /orders of Orders#create");
    }
}
