package org.qfpsim.datapath.drop;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class CountersDocumentTest {
    @Test
    void shouldAgreeWithTheCommittedDocument() throws IOException {
        final Path document = Path.of(System.getProperty("qfp.root"), "docs", "counters.md");
        if (Boolean.getBoolean("qfp.regenerate")) {
            Files.createDirectories(document.getParent());
            Files.writeString(document, CountersDocument.text());
        }
        assertThat(document).as("rewrite it with -Dqfp.regenerate=true").hasContent(CountersDocument.text());
    }
}
