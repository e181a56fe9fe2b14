package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
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

        var gaps = ContractCoverage.gaps(operations, handlers);

        assertThat(gaps.unserved()).containsExactly("no handler for GET /gone");
        assertThat(gaps.undescribed())
                .containsExactly(Map.entry("Orders#create", List.of("no operation for PUT /orders")));
    }

    private static final String POLICY = """
            policies:
              shop:
                paths: [/v1/orders/**, /v1/carts]
                methods: [GET, POST]
                public: true
                openapi:
                  document: '{"openapi": "3.1.0", "servers": [{"url": "/v1"}], "paths": {"/orders": {"get": {}, "delete": {}},
                    "/orders/{id}": {"get": {}}, "/carts": {"post": {}}, "/gone": {"get": {}}}}'
              rest: { paths: [/**], public: true }
            """;

    @Test
    void routesSayWhichOperationsAPolicyDoesNotCover() {
        try (var gate = Gate.builder(Gates.file(POLICY)).unknownHandlers().build()) {
            assertThat(contracts(gate))
                    .containsExactly(
                            "/v1/carts outside of the policy's paths: DELETE /v1/orders",
                            "/v1/carts outside of the policy's paths: GET /v1/gone");
        }
    }

    @Test
    void routesSayWhichOperationsHaveNoHandlerAndWhichHandlersNoOperation() {
        var handlers = List.of(
                new Endpoint("Orders#all", List.of("/v1/orders"), Set.of("GET"), List.of()),
                new Endpoint("Orders#one", List.of("/v1/orders/{number}"), Set.of("GET"), List.of()),
                new Endpoint("Orders#extra", List.of("/v1/orders/{number}/extra"), Set.of("GET"), List.of()),
                new Endpoint("Others#any", List.of("/v2"), Set.of("GET"), List.of()));
        try (var gate = Gate.builder(Gates.file(POLICY)).handlers(handlers).build()) {
            assertThat(contracts(gate))
                    .containsExactlyInAnyOrder(
                            "/v1/carts no handler for DELETE /v1/orders",
                            "/v1/carts no handler for GET /v1/gone",
                            "/v1/carts no handler for POST /v1/carts",
                            "/v1/orders/*/extra no operation for GET /v1/orders/{number}/extra in `shop`");
        }
    }

    @Test
    void lintSaysWhichOperationsAPolicyDoesNotCover() {
        assertThat(Lint.of(Gates.file(POLICY), location -> null).stream()
                        .filter(finding -> finding.concern().id().equals("unserved-operation"))
                        .map(finding -> finding.problem().key() + " "
                                + finding.problem().message()))
                .contains("policies.shop.openapi.document outside of the policy's paths: GET /v1/gone")
                .hasSize(2);
    }

    private static List<String> contracts(Gate gate) {
        return gate.management().routes().stream()
                .flatMap(route -> route.contract().stream().map(line -> String.join(",", route.paths()) + " " + line))
                .toList();
    }
}
