package org.qfpsim.datapath.drop;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes docs/counters.md from the enums. */
final class CountersDocument {
    private CountersDocument() {
    }

    static String text() {
        return """
            # Counters

            Generated from `GlobalDrop`, `IpsecDrop` and `PuntCause` by `CountersDocumentTest`; do not edit. After a change of an enum:
            `mvn -B -ntp -pl datapath test -Dtest=CountersDocumentTest -Dqfp.regenerate=true`.

            Ids and names are the platform's. A global name marked `*` was not seen in output of a real router: it is made from the name in
            the operational YANG model. In IPsec names the crypto engine's token is `OCT`, as on an ASR 1000.

            ## What can occur here, and from what event

            Global drops (`show platform hardware qfp active statistics drop`):

            | ID | Name | Event |
            |---:|---|---|
            %s
            IPsec drops (`show platform hardware qfp active feature ipsec datapath drops`); each also counts in the global drop beside it:

            | Type | Name | Global drop | Event |
            |---:|---|---|---|
            %s
            Punts:

            | ID | Cause | Packets per second, normal / high priority | Event |
            |---:|---|---:|---|
            %s
            ## All global drops

            | ID | Name | YANG name | Meaning |
            |---:|---|---|---|
            %s
            ## All IPsec drops

            | Type | Name | Global drop | Meaning |
            |---:|---|---|---|
            %s
            ## All punt causes

            Rate 0: no policer is known for it.

            | ID | Cause | Packets per second, normal / high priority |
            |---:|---|---:|
            %s""".formatted(
            rows(GlobalDrop.values(), drop -> !drop.event().isEmpty(), drop -> row(drop.id(), cliName(drop), drop.event())),
            rows(IpsecDrop.values(), drop -> !drop.event().isEmpty(),
                drop -> row(drop.id(), drop.name(EngineToken.OCT), globalName(drop), drop.event())),
            rows(PuntCause.values(), cause -> !cause.event().isEmpty(),
                cause -> row(cause.id(), cause.cliName(), rates(cause), cause.event())),
            rows(GlobalDrop.values(), drop -> true, drop -> row(drop.id(), cliName(drop), drop.yangName(), drop.meaning())),
            rows(IpsecDrop.values(), drop -> true, drop -> row(drop.id(), drop.name(EngineToken.OCT), globalName(drop), drop.meaning())),
            rows(PuntCause.values(), cause -> true, cause -> row(cause.id(), cause.cliName(), rates(cause))));
    }

    private static <T> String rows(final T[] values, final Predicate<T> which, final Function<T, String> row) {
        return Arrays.stream(values).filter(which).map(row).collect(Collectors.joining());
    }

    private static String row(final Object... cells) {
        return Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String cliName(final GlobalDrop drop) {
        return drop.cliName() + (drop.cliNameSeen() ? "" : " *");
    }

    private static String globalName(final IpsecDrop drop) {
        final GlobalDrop global = drop.global();
        return global == null ? "none: not a loss" : global.cliName();
    }

    private static String rates(final PuntCause cause) {
        return cause.normalPps() + " / " + cause.highPps();
    }
}
