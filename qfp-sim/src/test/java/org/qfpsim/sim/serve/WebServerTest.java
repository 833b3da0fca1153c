package org.qfpsim.sim.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.sim.InputException;

/** The server, over the wire: what it answers, whom it refuses, and that nobody can keep it from others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ATTEMPTS = 20_000;

    private final Story story = new Story(62);
    private final WebServer server = WebServer.open(story.feed(), 0);
    private HttpClient client;

    @BeforeEach
    void open() {
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    @AfterAll
    void close() {
        server.close();
        story.close();
    }

    private HttpRequest.Builder request(final String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> get(final String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The first line of the answer to what no client would send. */
    private String raw(final String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
        }
    }

    private Socket connect() throws IOException {
        final Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
        return socket;
    }

    @ParameterizedTest
    @CsvSource({"/, text/html; charset=utf-8", "/page.js, text/javascript; charset=utf-8", "/style.css, text/css; charset=utf-8",
        "/icon.svg, image/svg+xml", "/api/live, application/json", "/metrics, text/plain; version=0.0.4; charset=utf-8"})
    void shouldServeItsOwnFilesAndNothingFromElsewhere(final String path, final String type) throws Exception {
        final HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(answer.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
            .startsWith("default-src 'none'; script-src 'self'; style-src 'self';").doesNotContain("unsafe", "http", "*"));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        if (!path.equals("/icon.svg") && !path.equals("/page.js")) {
            assertThat(answer.body()).doesNotContain("://");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/..%2f..%2fetc/passwd", "/index.html", "/style.css/", "/api/live?router=r9"})
    void shouldNotFindWhatThereIsNot(final String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?after=-1", "?after=x", "?router=r2&router=r1", "?x", "?router=%3Cscript%3E"})
    void shouldRefuseQueriesThatItDoesNotKnow(final String query) throws Exception {
        assertThat(get("/api/live" + query).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"})
    void shouldAllowNothingButGet(final String method) throws IOException {
        assertThat(raw(method + " / HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\nConnection: close\r\n\r\n"))
            .startsWith("HTTP/1.1 405");
    }

    /** DNS rebinding: a name of somebody else's that points here. */
    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example\r\n", "Host: evil.example:PORT\r\n", "Host: 127.0.0.1\r\n", "Host: localhost:1\r\n", "",
        "Host: localhost:PORT\r\nHost: evil.example\r\n", "Host: localhost:PORT.evil.example\r\n"})
    void shouldAnswerToItsOwnNamesOnly(final String host) throws IOException {
        final String header = host.replace("PORT", Integer.toString(server.port()));
        for (final String path : List.of("/", "/api/live", "/metrics")) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\n" + header + "Connection: close\r\n\r\n")).matches("HTTP/1.1 4(00|21) .*");
        }
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void shouldGiveOnlyWhatIsNew() throws Exception {
        final JsonNode all = JSON.readTree(get("/api/live?router=r2").body());
        assertThat(all.get("points")).hasSize(62);
        assertThat(all.at("/last_point").asInt()).isEqualTo(62);
        assertThat(all.at("/points/61/drops/IpsecInput").asDouble()).isEqualTo(50);
        assertThat(all.get("routers")).hasSize(2);
        assertThat(all.at("/unknown_spis/0/spi").asText()).isEqualTo("0xD82B633D");
        assertThat(JSON.readTree(get("/api/live?router=r2&after=60").body()).get("points")).hasSize(2);
        assertThat(JSON.readTree(get("/api/live?router=r1&after=62").body()).get("points")).isEmpty();
        assertThat(JSON.readTree(get("/api/live").body()).get("router").asText()).isEqualTo("r2");
    }

    /** Each asks for more than any buffer holds and reads nothing. */
    @Test
    void shouldAnswerOthersWhileReadersStall() throws Exception {
        final List<Socket> stalled = new ArrayList<>();
        try {
            final byte[] many = ("GET /metrics HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\n\r\n").repeat(200)
                .getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < 20; i++) {
                final Socket socket = connect();
                stalled.add(socket);
                final OutputStream out = socket.getOutputStream();
                out.write(many);
            }
            story.feed().sample();
            for (int i = 0; i < 5; i++) {
                assertThat(get("/api/live").statusCode()).isEqualTo(200);
            }
        } finally {
            for (final Socket socket : stalled) {
                socket.close();
            }
        }
    }

    @Test
    void shouldTakeNoMoreThanItsConnectionsAndRecover() throws Exception {
        final List<Socket> idle = new ArrayList<>();
        int refused = 0;
        try {
            for (int i = 0; i < 3 * WebServer.MAX_CONNECTIONS; i++) {
                idle.add(connect());
            }
            // Refused is who has been hung up on; the others would wait for ever.
            for (final Socket socket : idle.subList(2 * WebServer.MAX_CONNECTIONS, idle.size())) {
                refused += socket.getInputStream().read() < 0 ? 1 : 0;
            }
        } finally {
            for (final Socket socket : idle) {
                socket.close();
            }
        }
        assertThat(refused).isEqualTo(WebServer.MAX_CONNECTIONS);
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                assertThat(get("/api/live").statusCode()).isEqualTo(200);
                return;
            } catch (final IOException e) {
                Thread.onSpinWait();
            }
        }
        assertThat(get("/api/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSayThatAPortIsTaken() {
        assertThatThrownBy(() -> WebServer.open(story.feed(), server.port())).isInstanceOf(InputException.class)
            .hasMessageStartingWith("--port " + server.port() + ": cannot be opened on 127.0.0.1; name another, or 0");
    }
}
