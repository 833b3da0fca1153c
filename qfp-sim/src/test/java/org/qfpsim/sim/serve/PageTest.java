package org.qfpsim.sim.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in a real browser. {@code -Dqfp.screenshots=FOLDER} keeps pictures of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageTest {
    private static final String SHOWN = "document.getElementById('status').textContent === 'Live.'"
        + " && document.querySelectorAll('#reasons tr').length === 2";
    /** The ratio of WCAG 2.2, of two of the page's colours. */
    private static final String CONTRAST = """
        (() => {
          const style = getComputedStyle(document.documentElement);
          const light = name => {
            const hex = style.getPropertyValue(name).trim();
            const [r, g, b] = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16) / 255)
              .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ratio = (one, other) => (Math.max(light(one), light(other)) + 0.05) / (Math.min(light(one), light(other)) + 0.05);
          return Math.min(...NAMES.map(name => ratio(name, '--card')));
        })()
        """;

    private Story story;
    private WebServer server;
    private Browser browser;

    @BeforeAll
    void start(@TempDir final Path profile) throws Exception {
        final String program = Browser.program().orElse("");
        assumeTrue(!program.isEmpty(), "no Chromium is installed (Debian: chromium)");
        story = new Story(90);
        server = WebServer.open(story.feed(), 0);
        try {
            browser = Browser.start(program, profile);
        } catch (final IOException e) {
            // Some distributions have a program of that name that only says where to get another one.
            abort(e.getMessage());
        }
    }

    @AfterAll
    void stop() throws Exception {
        if (browser != null) {
            browser.quit();
        }
        if (server != null) {
            server.close();
            story.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        browser.open("http://127.0.0.1:" + server.port() + "/", SHOWN);
    }

    private String text(final String expression) throws Exception {
        return browser.evaluate(expression).asText();
    }

    @Test
    void shouldPlotWhatTheRouterCounted() throws Exception {
        assertThat(text("document.title")).isEqualTo("r2 - qfp-sim");
        // Half a minute of 300 s, at 50 of at most 100 a second: from the axis up and along.
        assertThat(browser.evaluate("document.querySelector('#drops path[data-series=IpsecInput]').getTotalLength()").asDouble())
            .isGreaterThan(80);
        assertThat(browser.evaluate("document.querySelectorAll('#throughput path').length").asInt()).isEqualTo(4);
        assertThat(browser.evaluate("[...document.querySelectorAll('#throughput path')]"
            + ".every(path => path.getAttribute('d').split('L').length > 80)").asBoolean()).isTrue();
        assertThat(browser.evaluate("document.querySelectorAll('#load path').length").asInt()).isEqualTo(2);
        assertThat(browser.evaluate("document.querySelectorAll('#timeline rect').length").asInt()).isGreaterThan(10);
        assertThat(browser.evaluate("Math.max(...[...document.querySelectorAll('#timeline rect')].map(mark => mark.width.baseVal.value))")
            .asDouble()).as("a bar for what goes on since the SAs are lost").isGreaterThan(20);
        assertThat(text("document.getElementById('drops-legend').innerText")).contains("IpsecInput").contains("50");
        assertThat(text("document.getElementById('reasons').innerText").replace('\t', ' '))
            .isEqualTo("IpsecInput 50 1,500\n4 IN_US_V4_PKT_SA_NOT_FOUND_SPI 50 1,500");
        assertThat(text("document.getElementById('spis').innerText")).contains("0xD82B633D", "10.1.1.1", "black hole");
        assertThat(text("document.getElementById('events').innerText")).contains("%CRYPTO-4-RECVD_PKT_INV_SPI");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void shouldChangeTheRouterAndStandStill() throws Exception {
        browser.evaluate("const s = document.getElementById('router'); s.value = 'r1'; s.dispatchEvent(new Event('change'))");
        browser.await("document.title === 'r1 - qfp-sim' && document.getElementById('about').textContent.startsWith('R1, ')");
        assertThat(text("document.getElementById('spis').innerText")).isEqualTo("None was seen.");
        browser.evaluate("document.getElementById('pause').click()");
        assertThat(text("document.getElementById('pause').getAttribute('aria-pressed')")).isEqualTo("true");
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"light, 1280, 1400", "dark, 1280, 1400", "light, 360, 2600", "dark, 360, 2600", "dark, 1920, 1100"})
    void shouldBeReadable(final String scheme, final int width, final int height) throws Exception {
        browser.call("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.call("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile",
            width < 500));
        open();
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).as("nothing sticks out").isLessThanOrEqualTo(width);
        assertThat(browser.evaluate(CONTRAST.replace("NAMES", "['--text', '--soft', '--bad', '--focus']")).asDouble()).isGreaterThan(4.5);
        assertThat(browser.evaluate(CONTRAST.replace("NAMES", "['--s0', '--s1', '--s2', '--s3', '--s4', '--s5']")).asDouble())
            .isGreaterThan(4.5);
        final String folder = System.getProperty("qfp.screenshots");
        if (folder != null) {
            browser.screenshot(Files.createDirectories(Path.of(folder)).resolve(scheme + "-" + width + ".png"));
        }
        assertThat(browser.complaints()).isEmpty();
    }

    /** Every picture has a name and its numbers in words; every control has a name; headings do not skip a level. */
    @Test
    void shouldSayInWordsWhatItDraws() throws Exception {
        assertThat(browser.evaluate("[...document.querySelectorAll('main svg[role=img]')].every(svg => svg.getAttribute('aria-labelledby')"
            + ".split(' ').every(id => document.getElementById(id).textContent.trim().length > 0))").asBoolean()).isTrue();
        assertThat(text("document.getElementById('drops-text').textContent")).isEqualTo("Now: IpsecInput 50.");
        assertThat(text("document.documentElement.lang")).isEqualTo("en");
        assertThat(browser.evaluate("document.querySelectorAll('h1').length").asInt()).isEqualTo(1);
        assertThat(browser.evaluate("[...document.querySelectorAll('select, button')]"
            + ".every(each => each.labels.length || each.textContent)").asBoolean()).isTrue();
        final String names = browser.call("Accessibility.getFullAXTree", Map.of()).toString();
        assertThat(names).contains("Throughput", "Now: received 50");
    }
}
