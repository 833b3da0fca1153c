package org.qfpsim.controlplane.platform;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class ReleasesDocumentTest {
    @Test
    void shouldAgreeWithTheCommittedDocument() throws IOException {
        final Path document = Path.of(System.getProperty("qfp.root"), "docs", "releases.md");
        if (Boolean.getBoolean("qfp.regenerate")) {
            Files.writeString(document, text());
        }
        assertThat(document).as("rewrite it with -Dqfp.regenerate=true").hasContent(text());
    }

    private static String text() {
        return """
            # What a release switches

            Generated from `ReleaseSwitch` by `ReleasesDocumentTest`; do not edit. After a change of the enum:
            `mvn -B -ntp -pl control-plane -am test -Dtest=ReleasesDocumentTest -Dsurefire.failIfNoSpecifiedTests=false
            -Dqfp.regenerate=true`.

            `--release` takes an IOS XE release (`3.7`, `3.7S`, `3.16.2`, `16.9`, `17.13.1a`); the default is %s.

            | What | Before | Since | First release |
            |---|---|---|---|
            %s
            What this rests on: outputs of real routers from 2013 (zero rows printed), from September 2016 (zero rows, two blanks at the
            ends of lines, no line on the last clearing) and from 2022 and later (the newer forms), and the YANG models of 17.2.1, 17.13.1
            and 26.1.1 for the number of rows. Between those samples the exact release of a change is not known: 16.1 and 17.1, where the
            trains begin, are a choice. That an image before 16.1 ends with id 338 is from memory.
            """.formatted(Release.DEFAULT, Arrays.stream(ReleaseSwitch.values())
            .map(row -> "| " + row.subject() + " | " + row.before() + " | " + row.since() + " | " + row.first() + " |\n")
            .collect(Collectors.joining()));
    }
}
