package org.qfpsim.sim.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium, by its DevTools protocol: one page, what it evaluates, and what it complains about. */
final class Browser {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://(127\\.0\\.0\\.1:\\d+)/.*");
    private static final long SECONDS = 60;
    /** Between two questions to another process. */
    private static final long PAUSE = 10_000_000;

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    private Browser(final Process process, final String address) throws Exception {
        this.process = process;
        final HttpResponse<String> pages = client.send(HttpRequest.newBuilder(URI.create("http://" + address + "/json/list")).build(),
            HttpResponse.BodyHandlers.ofString());
        String url = "";
        for (final JsonNode page : JSON.readTree(pages.body())) {
            url = page.get("type").asText().equals("page") ? page.get("webSocketDebuggerUrl").asText() : url;
        }
        socket = client.newWebSocketBuilder().buildAsync(URI.create(url), new Messages()).get(SECONDS, TimeUnit.SECONDS);
        for (final String domain : List.of("Runtime", "Log", "Page", "Network")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Puts the parts of a message together. */
    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(final WebSocket from, final CharSequence part, final boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Its program, if there is one. */
    static Optional<String> program() {
        final String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of("chromium", "chromium-browser", "google-chrome").filter(name -> Stream.of(path.split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)))).findFirst();
    }

    /** Starts one with a profile of its own, which talks to nobody else. */
    static Browser start(final String program, final Path profile) throws Exception {
        final Process process = new ProcessBuilder(program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
            "--disable-default-apps", "--disable-dev-shm-usage", "--user-data-dir=" + profile, "--remote-debugging-port=0", "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        final BufferedReader said = process.errorReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            final Matcher listening = LISTENING.matcher(line);
            if (listening.matches()) {
                Thread.ofVirtual().start(() -> said.lines().forEach(ignored -> { }));
                return new Browser(process, listening.group(1));
            }
        }
        throw new IOException(program + " has ended with " + process.waitFor());
    }

    private void take(final String text) {
        try {
            final JsonNode message = JSON.readTree(text);
            final String method = message.path("method").asText();
            if (message.has("id")) {
                answers.remove(message.get("id").asInt()).complete(message);
            } else if (method.equals("Runtime.exceptionThrown") || method.equals("Log.entryAdded")
                || method.equals("Runtime.consoleAPICalled") || method.equals("Network.loadingFailed")) {
                complaints.add(text);
            }
        } catch (final IOException e) {
            complaints.add(e.toString());
        }
    }

    /** Calls a method of the protocol. */
    JsonNode call(final String method, final Map<String, ?> parameters) throws Exception {
        final int id = number.incrementAndGet();
        final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true);
        final JsonNode message = answer.get(SECONDS, TimeUnit.SECONDS);
        if (message.has("error")) {
            throw new IllegalStateException(method + ": " + message);
        }
        return message.get("result");
    }

    /** The value of an expression; of a promise, when it has one. */
    JsonNode evaluate(final String expression) throws Exception {
        final JsonNode result = call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Opens a page and waits until it is there and a condition holds. */
    void open(final String url, final String condition) throws Exception {
        evaluate("window.before = true");
        call("Page.navigate", Map.of("url", url));
        await("!window.before && document.readyState === 'complete' && " + condition);
    }

    /** Waits until an expression is true. */
    void await(final String condition) throws Exception {
        final long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("never: " + condition + "; the page says " + evaluate("document.body.innerText"));
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private boolean holds(final String condition) throws Exception {
        try {
            return evaluate("(() => { try { return Boolean(" + condition + "); } catch (e) { return false; } })()").asBoolean();
        } catch (final IllegalStateException e) {
            // The page that was asked is just being replaced.
            return false;
        }
    }

    /** Errors, warnings, refusals of the content security policy, requests that failed. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** What is seen, as a PNG file. */
    void screenshot(final Path file) throws Exception {
        Files.write(file, Base64.getDecoder().decode(call("Page.captureScreenshot", Map.of("captureBeyondViewport", true)).get("data")
            .asText()));
    }

    /** Asked to close, it ends with all its processes, and nobody writes to its profile any more. */
    void quit() throws Exception {
        call("Browser.close", Map.of());
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        socket.abort();
        client.shutdownNow();
    }
}
