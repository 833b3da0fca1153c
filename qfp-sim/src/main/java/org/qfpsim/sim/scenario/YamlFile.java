package org.qfpsim.sim.scenario;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.device.Shown;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns octets into a tree of bounded size and depth that knows its lines. No tags, no aliases: nothing is ever constructed. */
final class YamlFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 12;
    private static final int MAX_EVENTS = 200_000;

    private YamlFile() {
    }

    /**
     * Reads a document.
     *
     * @throws InputException naming file and line.
     */
    static YamlCursor parse(final byte[] octets, final String file) {
        if (octets.length > MAX_BYTES) {
            throw new InputException(file + ": is larger than " + MAX_BYTES + " octets");
        }
        final String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (final CharacterCodingException e) {
            throw new InputException(file + ": is not UTF-8 text; save it as UTF-8", e);
        }
        final LoadSettings settings = LoadSettings.builder().setLabel("scenario").setCodePointLimit(MAX_BYTES)
            .setMaxAliasesForCollections(0).setAllowDuplicateKeys(true).build();
        try {
            checkSize(text, settings, file);
            final List<Node> documents = new ArrayList<>();
            new Compose(settings).composeAllFromString(text).forEach(documents::add);
            if (documents.size() != 1) {
                throw new InputException(file + ": has " + documents.size() + " documents, must have one");
            }
            return new YamlCursor(file, "$", documents.getFirst(), Names.Name.ALONE);
        } catch (final MarkedYamlEngineException e) {
            final String line = e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("");
            throw new InputException(file + ": " + line + "not valid YAML: " + Shown.plain(e.getProblem()), e);
        } catch (final YamlEngineException e) {
            throw new InputException(file + ": not valid YAML: " + Shown.plain(String.valueOf(e.getMessage())), e);
        }
    }

    /** The tree is made by recursion: what goes too deep must be refused before. */
    private static void checkSize(final String text, final LoadSettings settings, final String file) {
        int depth = 0;
        int events = 0;
        for (final Event event : new Parse(settings).parseString(text)) {
            depth += switch (event.getEventId()) {
                case MappingStart, SequenceStart -> 1;
                case MappingEnd, SequenceEnd -> -1;
                default -> 0;
            };
            final String line = file + ": line " + event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0) + ": ";
            if (event.getEventId() == Event.ID.Alias) {
                throw new InputException(line + "aliases (*name) are not supported; write it out");
            }
            if (depth > MAX_DEPTH) {
                throw new InputException(line + "is nested more than " + MAX_DEPTH + " deep");
            }
            if (++events > MAX_EVENTS) {
                throw new InputException(line + "the file has too many entries");
            }
        }
    }
}
