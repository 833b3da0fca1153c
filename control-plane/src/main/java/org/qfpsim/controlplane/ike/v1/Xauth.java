package org.qfpsim.controlplane.ike.v1;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.qfpsim.controlplane.ike.IkeAddresses;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * XAUTH and Mode Config between an EzVPN client, which began phase 1, and its server (draft-ietf-ipsec-isakmp-xauth-06,
 * draft-ietf-ipsec-isakmp-mode-cfg-05). The client asks for an address if its mode says so; it goes on without one if there is none.
 */
final class Xauth {
    private static final int OK = 1;
    private static final int IPV4_OCTETS = 4;
    private static final String VERSION = "qfp-sim";

    private Xauth() {
    }

    /** Phase 1 is complete: the server asks who the user is; the client waits to be asked, as long as an exchange may take. */
    static void begin(final IsakmpSa sa) {
        if (sa.initiator()) {
            final Ikev1Settings settings = sa.context().settings();
            sa.context().after(2L * settings.retransmitSeconds() * (settings.attempts() + 1), () -> {
                if (sa.state() == IsakmpSa.State.CONF_XAUTH) {
                    sa.context().control().close(sa, "XAUTH has not come to its end", true);
                }
            });
            return;
        }
        sa.debug(() -> "initiating peer config to " + sa.path().remote());
        Transaction.begin(sa, ConfigBody.REQUEST, List.of(Attribute.variable(ConfigBody.XAUTH_USER_NAME),
            Attribute.variable(ConfigBody.XAUTH_USER_PASSWORD)), reply -> judge(sa, reply));
    }

    private static void judge(final IsakmpSa sa, final ConfigBody reply) {
        final IkeConfig.Ezvpn group = sa.context().config().ezvpn(sa.path().remote(), sa.peerIdentity());
        final boolean good = reply.type() == ConfigBody.REPLY && group != null
            && sa.context().config().admits(reply.value(ConfigBody.XAUTH_USER_NAME), reply.value(ConfigBody.XAUTH_USER_PASSWORD));
        if (good) {
            sa.admit();
        }
        sa.debug(() -> "XAUTH " + (good ? "succeeded" : "failed") + " for peer " + sa.path().remote());
        Transaction.begin(sa, ConfigBody.SET, List.of(Attribute.basic(ConfigBody.XAUTH_STATUS, good ? OK : 0)), ack -> {
            if (good) {
                sa.context().control().usable(sa);
            } else {
                sa.context().control().close(sa, "XAUTH failed", true);
            }
        });
    }

    /**
     * Answers what the peer asks or sets.
     *
     * @param sa   authenticated.
     * @param body the peer's message.
     * @param send sends the answer.
     */
    static void answer(final IsakmpSa sa, final ConfigBody body, final Consumer<ConfigBody> send) {
        final IkeConfig.Ezvpn group = sa.context().config().ezvpn(sa.path().remote(), sa.peerIdentity());
        if (body.type() == ConfigBody.REQUEST && body.has(ConfigBody.XAUTH_USER_NAME)) {
            if (sa.initiator() && group != null && group.client()) {
                send.accept(new ConfigBody(ConfigBody.REPLY, body.identifier(), List.of(
                    text(ConfigBody.XAUTH_USER_NAME, group.user()), text(ConfigBody.XAUTH_USER_PASSWORD, group.password()))));
            }
        } else if (body.type() == ConfigBody.REQUEST) {
            final List<Attribute> known = new ArrayList<>();
            if (body.has(ConfigBody.INTERNAL_IP4_ADDRESS) && group != null && !group.client()
                && sa.isAdmitted()) {
                final IpAddress address = sa.context().config().addresses().lease(sa.path().remote(), group.group());
                sa.debug(() -> address == null ? "no address to hand out to " + sa.path().remote()
                    : "Sending private address: " + address);
                if (address != null) {
                    known.add(Attribute.variable(ConfigBody.INTERNAL_IP4_ADDRESS, address.octets()));
                }
            }
            if (body.has(ConfigBody.APPLICATION_VERSION)) {
                known.add(text(ConfigBody.APPLICATION_VERSION, VERSION));
            }
            send.accept(new ConfigBody(ConfigBody.REPLY, body.identifier(), known));
        } else if (body.type() == ConfigBody.SET) {
            send.accept(new ConfigBody(ConfigBody.ACK, body.identifier(),
                body.attributes().stream().map(each -> new Attribute(each.type(), each.basic(), each.basic() ? each.value() : new byte[0]))
                    .toList()));
            if (sa.initiator() && body.has(ConfigBody.XAUTH_STATUS) && sa.state() == IsakmpSa.State.CONF_XAUTH) {
                status(sa, body);
            }
        }
    }

    private static Attribute text(final int type, final String text) {
        return Attribute.variable(type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void status(final IsakmpSa sa, final ConfigBody body) {
        final byte[] value = body.value(ConfigBody.XAUTH_STATUS);
        if (value.length == 0 || value[value.length - 1] != OK) {
            sa.context().control().close(sa, "XAUTH failed", false);
            return;
        }
        final IkeAddresses addresses = sa.context().config().addresses();
        final List<Attribute> wanted = new ArrayList<>(List.of(Attribute.variable(ConfigBody.APPLICATION_VERSION)));
        if (addresses.wanted(sa.path().remote())) {
            wanted.add(Attribute.variable(ConfigBody.INTERNAL_IP4_ADDRESS));
        }
        Transaction.begin(sa, ConfigBody.REQUEST, wanted, reply -> {
            final byte[] address = reply.value(ConfigBody.INTERNAL_IP4_ADDRESS);
            if (wanted.size() > 1 && address.length == IPV4_OCTETS) {
                addresses.assigned(sa.path().remote(), IpAddress.of(address));
            }
            sa.context().control().usable(sa);
        });
    }
}
