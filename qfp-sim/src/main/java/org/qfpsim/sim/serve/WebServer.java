package org.qfpsim.sim.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Json;
import org.qfpsim.sim.live.History;
import org.qfpsim.sim.live.LiveJson;

/**
 * The page, its data and the metrics, on the loopback address.
 *
 * <p>Only GET; only for who calls us by one of our own names (a page of another site whose name was made to point here has another Host);
 * no more than {@link #MAX_CONNECTIONS} at a time, each with so many seconds for its question and its answer. What the page loads is ours.
 */
final class WebServer implements AutoCloseable {
    /** More are closed at once. */
    static final int MAX_CONNECTIONS = 64;
    private static final int MAX_SECONDS = 10;
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final Pattern QUERY = Pattern.compile("(?:router=([A-Za-z0-9._%-]{0,100}))?&?(?:after=([0-9]{1,15}))?");
    private static final Map<String, Resource> FILES = Map.of(
        "/", new Resource("index.html", HTML),
        "/page.js", new Resource("page.js", "text/javascript; charset=utf-8"),
        "/style.css", new Resource("style.css", "text/css; charset=utf-8"),
        "/icon.svg", new Resource("icon.svg", "image/svg+xml"));
    private static final Map<String, String> HEADERS = Map.of(
        "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options", "nosniff",
        "Referrer-Policy", "no-referrer",
        "Cross-Origin-Resource-Policy", "same-origin",
        "Cache-Control", "no-store");

    private final Feed feed;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> names;

    private record Resource(String file, String type) {
    }

    private record Answer(int status, String type, byte[] body) {
        static Answer text(final int status, final String text) {
            return new Answer(status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private WebServer(final Feed feed, final HttpServer server) {
        this.feed = feed;
        this.server = server;
        names = Set.of("127.0.0.1:" + port(), "localhost:" + port());
    }

    /**
     * Opens the port.
     *
     * @param feed of what is shown.
     * @param port 0: any that is free.
     * @return the server, which answers until it is closed.
     */
    static WebServer open(final Feed feed, final int port) {
        // The JDK's server reads its limits once a process, and has no other way to be told.
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(MAX_CONNECTIONS));
        System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(MAX_SECONDS));
        System.setProperty("sun.net.httpserver.maxRspTime", Integer.toString(MAX_SECONDS));
        try {
            final WebServer web = new WebServer(feed, HttpServer.create(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0));
            web.server.setExecutor(web.threads);
            web.server.createContext("/", web::handle);
            web.server.start();
            return web;
        } catch (final IOException e) {
            throw InputException.io("--port " + port, "cannot be opened on 127.0.0.1; name another, or 0 for any that is free", e);
        }
    }

    /** The port. */
    int port() {
        return server.getAddress().getPort();
    }

    private void handle(final HttpExchange exchange) throws IOException {
        try (exchange) {
            final Answer answer = answer(exchange);
            final Headers headers = exchange.getResponseHeaders();
            HEADERS.forEach(headers::set);
            headers.set("Content-Type", answer.type);
            if (answer.status == 405) {
                headers.set("Allow", "GET");
            }
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(answer.status, -1);
                return;
            }
            exchange.sendResponseHeaders(answer.status, answer.body.length);
            exchange.getResponseBody().write(answer.body);
        }
    }

    private Answer answer(final HttpExchange exchange) throws IOException {
        final List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        if (hosts.size() != 1 || !names.contains(hosts.getFirst())) {
            return Answer.text(421, "This is " + String.join(" or ", names) + ", and answers to no other name.");
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            return Answer.text(405, "Only GET.");
        }
        final String path = exchange.getRequestURI().getPath();
        final Resource file = FILES.get(path);
        if (file != null) {
            return new Answer(200, file.type, read(file.file));
        }
        return switch (path) {
            case "/metrics" -> new Answer(200, Metrics.TYPE, Metrics.text(feed).getBytes(StandardCharsets.UTF_8));
            case "/api/live" -> live(exchange.getRequestURI().getQuery());
            default -> Answer.text(404, "There is no such page; there are /, /api/live and /metrics.");
        };
    }

    private Answer live(final @Nullable String query) {
        final Matcher matcher = QUERY.matcher(query == null ? "" : query);
        if (!matcher.matches()) {
            return Answer.text(400, "The query is router=NAME&after=NUMBER, both of which may be left out.");
        }
        final String asked = matcher.group(1);
        final String router = asked == null || asked.isEmpty() ? feed.routers().getFirst() : asked;
        final History history = feed.find(router);
        if (history == null) {
            return Answer.text(404, "There is no router of that name; there are " + String.join(", ", feed.routers()) + ".");
        }
        final long after = matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2));
        return new Answer(200, "application/json",
            Json.line(LiveJson.of(history, router, feed.routers(), after)).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] read(final String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(WebServer.class.getResourceAsStream(file), file)) {
            return in.readAllBytes();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
