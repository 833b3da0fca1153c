package org.qfpsim.controlplane.ike.v2;

import java.util.List;
import java.util.Optional;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;

/**
 * The payloads of a message, to be asked for by kind.
 *
 * @param list in their order.
 */
record Payloads(List<Payload> list) {
    <T extends Payload> Optional<T> first(final Class<T> kind) {
        return list.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    Optional<Payload.Selectors> selectors(final boolean initiator) {
        return all(Payload.Selectors.class).stream().filter(selectors -> selectors.initiator() == initiator).findFirst();
    }

    Optional<Payload.Identification> identification(final boolean initiator) {
        return all(Payload.Identification.class).stream().filter(id -> id.initiator() == initiator).findFirst();
    }

    <T extends Payload> List<T> all(final Class<T> kind) {
        return list.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    Optional<Payload.Notify> notification(final int code) {
        return all(Payload.Notify.class).stream().filter(notify -> notify.code() == code).findFirst();
    }

    boolean has(final int code) {
        return notification(code).isPresent();
    }

    /** The first notify that tells an error. */
    Optional<Payload.Notify> error() {
        return all(Payload.Notify.class).stream().filter(notify -> notify.code() < NotifyType.FIRST_STATUS).findFirst();
    }

    Optional<byte[]> nonce() {
        return first(Payload.Nonce.class).map(Payload.Nonce::value);
    }

    /** The type of a payload that is not known and that the sender insists on. */
    Optional<Integer> critical() {
        return all(Payload.Other.class).stream().filter(Payload.Other::critical).map(Payload::type).findFirst();
    }
}
