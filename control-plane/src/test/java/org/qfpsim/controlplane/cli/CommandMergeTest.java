package org.qfpsim.controlplane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandMergeTest {
    @Test
    void shouldPutTogetherWhatSeveralTreesHaveInCommon() throws CommandRefusal {
        final List<CommandNode> merged = CommandNode.merge(List.of(
            CommandNode.group("show", "Show", CommandNode.group("qfp", "QFP", CommandNode.command("b", "B", () -> "b\n"))),
            CommandNode.command("clear", "Clear", () -> "clear\n"),
            CommandNode.group("show", "Show", CommandNode.command("qfp", "QFP", () -> "qfp\n", CommandNode.command("a", "A", () -> "a\n")),
                CommandNode.argument(Argument.word(), "Any", input -> "any\n")),
            CommandNode.group("clear", "Clear", CommandNode.command("arp", "ARP", () -> "arp\n"))));

        assertThat(merged).extracting(CommandNode::keyword).containsExactly("clear", "show");
        assertThat(merged.getLast().children()).extracting(CommandNode::keyword).containsExactly("qfp", "WORD");
        final Grammar grammar = new Grammar(CommandNode.group("", "", merged.toArray(CommandNode[]::new)));
        for (final String name : List.of("show qfp", "show qfp a", "show qfp b", "clear", "clear arp")) {
            assertThat(grammar.read(name, name.length()).run()).isEqualTo(name.substring(name.lastIndexOf(' ') + 1) + "\n");
        }
        assertThat(grammar.read("show what", 9).run()).isEqualTo("any\n");
    }

    @Test
    void shouldPreferWhatIsSimulated() {
        final CommandNode simulated = CommandNode.command("processes", "Active process statistics", () -> "");

        assertThat(CommandNode.merge(List.of(CommandNode.notSimulated("processes"), simulated))).containsExactly(simulated);
        assertThat(CommandNode.merge(List.of(simulated, CommandNode.notSimulated("processes")))).containsExactly(simulated);
    }

    @Test
    void shouldRefuseTwoCommandsThatEndAlike() {
        final List<CommandNode> twice = List.of(CommandNode.command("arp", "ARP table", () -> ""), CommandNode.command("arp", "x", () -> ""));

        assertThatThrownBy(() -> CommandNode.merge(twice)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("arp").hasMessageContaining("ARP table");
    }
}
