package org.qfpsim.controlplane.config.edit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.DynamicMap;
import org.qfpsim.controlplane.config.model.IsakmpConfig;

/** {@code crypto map} and {@code crypto dynamic-map}; what entries say is in {@link CryptoMapEntryCommands}. */
final class CryptoMapCommands {
    private static final Argument<String> NAME = Argument.word();
    private static final Argument<Long> SEQUENCE = Argument.number(1, 65_535);
    private static final Argument<String> DYNAMIC = Argument.word();
    private static final Argument<String> INTERFACE = Arguments.interfaceName(false);
    private static final Argument<String> LIST = Argument.word();

    private final Map<String, Draft> maps = new TreeMap<>();
    private final Map<String, Map<Integer, CryptoMapEntryCommands.StaticDraft>> dynamicMaps = new TreeMap<>();
    private final CryptoMapEntryCommands entries;
    private final Mode.Stack stack;

    private static final class Draft {
        private @Nullable String localInterface;
        private @Nullable String authentication;
        private @Nullable String authorization;
        private IsakmpConfig.ModeConfig modeConfig = IsakmpConfig.ModeConfig.OFF;
        private final Map<Integer, CryptoMapEntryCommands.Draft> entries = new TreeMap<>();
    }

    CryptoMapCommands(final Mode global, final Mode.Stack stack) {
        this.stack = stack;
        entries = new CryptoMapEntryCommands(global);
        final Branch crypto = global.commands().on("crypto", "Encryption module");
        final Branch name = crypto.on("map", "Enter a crypto map").arg(NAME, "Crypto map tag").undo(in -> maps.remove(in.get(NAME)));
        final Branch entry = name.arg(SEQUENCE, "Sequence to insert into crypto map entry")
            .does(this::reenter).undo(this::remove);
        final Branch isakmp = entry.on("ipsec-isakmp", "IPSEC w/ISAKMP").does(in -> enter(in, new CryptoMapEntryCommands.StaticDraft()));
        isakmp.on("dynamic", "Enter a dynamic crypto map template").arg(DYNAMIC, "Name of dynamic-map template")
            .does(in -> put(in, new CryptoMapEntryCommands.DynamicDraft(in.get(DYNAMIC))));
        entry.on("ipsec-manual", "IPSEC w/manual keying").does(in -> enter(in, new CryptoMapEntryCommands.ManualDraft()));
        wholeMap(name);
        crypto.on("dynamic-map", "Specify a dynamic crypto map template").arg(NAME, "Dynamic crypto map template tag")
            .undo(in -> dynamicMaps.remove(in.get(NAME)))
            .arg(SEQUENCE, "Sequence to insert into dynamic-map entry")
            .does(in -> stack.enter(entries.enterTemplate(dynamicMaps.computeIfAbsent(in.get(NAME), key -> new TreeMap<>())
                .computeIfAbsent(Arguments.integer(in, SEQUENCE), key -> new CryptoMapEntryCommands.StaticDraft()))))
            .undo(this::removeDynamic);
    }

    private void wholeMap(final Branch name) {
        name.on("local-address", "Interface to use for local address for this crypto map")
            .undo(in -> set(in, map -> map.localInterface = null))
            .arg(INTERFACE, "Interface").does(in -> set(in, map -> map.localInterface = in.get(INTERFACE)));
        final Branch client = name.on("client", "Specify client configuration settings");
        client.on("authentication", "Use extended authentication").undo(in -> set(in, map -> map.authentication = null))
            .on("list", "Name of the authentication list").arg(LIST, "Name").does(in -> set(in, map -> map.authentication = in.get(LIST)));
        final Branch address = client.on("configuration", "Client configuration").on("address", "Addresses for clients")
            .undo(in -> set(in, map -> map.modeConfig = IsakmpConfig.ModeConfig.OFF));
        address.on("respond", "Respond to requests").does(in -> set(in, map -> map.modeConfig = IsakmpConfig.ModeConfig.RESPOND));
        name.on("isakmp", "ISAKMP authorization").on("authorization", "Authorization").undo(in -> set(in, map -> map.authorization = null))
            .on("list", "Name of the authorization list").arg(LIST, "Name").does(in -> set(in, map -> map.authorization = in.get(LIST)));
    }

    private void set(final Input input, final Consumer<Draft> change) {
        change.accept(maps.computeIfAbsent(input.get(NAME), key -> new Draft()));
    }

    private void reenter(final Input input) throws CommandRefusal {
        final Draft map = maps.get(input.get(NAME));
        final CryptoMapEntryCommands.Draft entry = map == null ? null : map.entries.get(Arguments.integer(input, SEQUENCE));
        if (entry == null || entry instanceof CryptoMapEntryCommands.DynamicDraft) {
            throw CommandRefusal.incomplete();
        }
        stack.enter(entries.enter(entry));
    }

    private CryptoMapEntryCommands.Draft put(final Input input, final CryptoMapEntryCommands.Draft fresh) throws CommandRefusal {
        final Draft map = maps.computeIfAbsent(input.get(NAME), key -> new Draft());
        final int sequence = Arguments.integer(input, SEQUENCE);
        final CryptoMapEntryCommands.Draft old = map.entries.get(sequence);
        if (old != null && old.getClass() != fresh.getClass()) {
            throw CommandRefusal.because("Attempt to change the type of entry " + sequence + " of crypto map " + input.get(NAME)
                + " is not allowed");
        }
        final CryptoMapEntryCommands.Draft entry = old == null || old instanceof CryptoMapEntryCommands.DynamicDraft ? fresh : old;
        map.entries.put(sequence, entry);
        return entry;
    }

    private void enter(final Input input, final CryptoMapEntryCommands.Draft fresh) throws CommandRefusal {
        stack.enter(entries.enter(put(input, fresh)));
    }

    private void remove(final Input input) {
        final Draft map = maps.get(input.get(NAME));
        if (map != null) {
            map.entries.remove(Arguments.integer(input, SEQUENCE));
        }
    }

    private void removeDynamic(final Input input) {
        final Map<Integer, CryptoMapEntryCommands.StaticDraft> map = dynamicMaps.get(input.get(NAME));
        if (map != null) {
            map.remove(Arguments.integer(input, SEQUENCE));
        }
    }

    List<CryptoMap> build() {
        return maps.entrySet().stream().filter(each -> !isEmpty(each.getValue())).map(each -> {
            final Draft map = each.getValue();
            return new CryptoMap(each.getKey(), map.localInterface, map.authentication, map.authorization,
                map.modeConfig, map.entries.entrySet().stream().map(entry -> entry.getValue().build(entry.getKey())).toList());
        }).toList();
    }

    private static boolean isEmpty(final Draft map) {
        return map.entries.isEmpty() && map.localInterface == null && map.authentication == null && map.authorization == null
            && map.modeConfig == IsakmpConfig.ModeConfig.OFF;
    }

    List<DynamicMap> buildDynamic() {
        return dynamicMaps.entrySet().stream().filter(each -> !each.getValue().isEmpty()).map(each -> new DynamicMap(each.getKey(),
            each.getValue().entrySet().stream().map(entry -> entry.getValue().build(entry.getKey())).toList())).toList();
    }
}
