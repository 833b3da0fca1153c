package org.qfpsim.controlplane.ike.v2;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;

/** IKE_AUTH (RFC 7296 section 1.2): each end proves that it has the shared key, and the first pair comes up with it. */
final class AuthTask implements Task {
    private final Lifecycle lifecycle;
    private final IkeSa sa;
    private final ChildRequest first;
    private final @Nullable Boolean initialContact;
    private @Nullable ChildInitiation initiation;

    AuthTask(final Lifecycle lifecycle, final IkeSa sa, final ChildRequest first, final @Nullable Boolean initialContact) {
        this.lifecycle = lifecycle;
        this.sa = sa;
        this.first = first;
        this.initialContact = initialContact;
    }

    private IkeConfig config() {
        return lifecycle.context.config();
    }

    @Override
    public int exchange() {
        return Header.IKE_AUTH;
    }

    @Override
    public @Nullable List<Payload> start(final IkeSa same) {
        final Optional<byte[]> key = config().presharedKey(2, sa.path.remote(), null);
        if (key.isEmpty()) {
            giveUp("no pre-shared key is configured for the peer");
            return null;
        }
        sa.say(() -> "Generating IKE_AUTH message");
        final IkeIdentity own = config().identity(2, sa.path.local(), sa.path.remote());
        final Payload.Identification id = new Payload.Identification(true, own.type(), own.value());
        final IkeSa.Secured secured = sa.secured();
        final byte[] code = Auth.code(secured.suite().prf(), key.get(), sa.firstRequest, sa.nr, secured.keys().pi(), id.body());
        final ChildInitiation begun = new ChildInitiation(lifecycle, sa, first, null);
        initiation = begun;
        final List<Payload> payloads = new ArrayList<>();
        payloads.add(id);
        if (firstContact()) {
            payloads.add(new Payload.Notify(NotifyType.INITIAL_CONTACT));
        }
        payloads.add(new Payload.Authentication(Payload.Authentication.SHARED_KEY, code));
        payloads.add(begun.proposals());
        payloads.addAll(begun.selectors());
        return payloads;
    }

    private boolean firstContact() {
        return initialContact != null ? initialContact
            : lifecycle.table.newest(sa.path.local(), sa.path.remote(), other -> other.state == IkeSa.State.READY) == null;
    }

    @Override
    public void answered(final IkeSa same, final Payloads response) {
        final ChildInitiation begun = initiation;
        if (begun == null) {
            return;
        }
        initiation = null;
        final Optional<Payload.Identification> id = response.identification(false);
        final Optional<Payload.Authentication> auth = response.first(Payload.Authentication.class);
        final Optional<Payload.Notify> error = response.error();
        if (id.isEmpty() || auth.isEmpty()) {
            begun.abandon();
            giveUp(error.map(notify -> NotifyType.name(notify.code())).orElse("the answer lacks the peer's identity"));
            return;
        }
        if (!proved(id.get(), auth.get())) {
            begun.abandon();
            lifecycle.counters.count(Ikev2Event.AUTHENTICATION_FAILED);
            notProved();
            return;
        }
        sa.peerIdentity = new IkeIdentity(id.get().idType(), id.get().value());
        lifecycle.ready(sa);
        if (error.isPresent()) {
            // Section 1.2: the IKE SA is up, only the pair is not.
            begun.abandon();
            childless(NotifyType.name(error.get().code()));
        } else if (begun.complete(sa, response, sa.ni, sa.nr, true) == null) {
            childless("the peer's answer is not acceptable");
        } else {
            sa.outcome(true, "");
        }
    }

    private boolean proved(final Payload.Identification id, final Payload.Authentication auth) {
        final Optional<byte[]> key =
            config().presharedKey(2, sa.path.remote(), new IkeIdentity(id.idType(), id.value()));
        final IkeSa.Secured secured = sa.secured();
        return key.isPresent() && auth.method() == Payload.Authentication.SHARED_KEY && MessageDigest.isEqual(auth.value(),
            Auth.code(secured.suite().prf(), key.get(), sa.firstResponse, sa.ni, secured.keys().pr(), id.body()));
    }

    /** The responder thinks that the IKE SA is up (section 2.21.2): it is deleted, with nothing installed. */
    private void notProved() {
        final String reason = "the peer did not prove its identity";
        lifecycle.table.to(sa, IkeSa.State.CANDIDATE);
        lifecycle.disconnect(sa, reason);
        fail(reason);
    }

    private void childless(final String reason) {
        sa.say(() -> "Child SA failed: " + reason);
        fail(reason);
    }

    private void giveUp(final String reason) {
        lifecycle.close(sa, reason, false);
        fail(reason);
    }

    private void fail(final String reason) {
        first.fail(lifecycle.context.engine(), reason);
        sa.outcome(false, reason);
    }

    @Override
    public void failed(final String reason) {
        if (initiation != null) {
            initiation.abandon();
            initiation = null;
        }
        first.fail(lifecycle.context.engine(), reason);
    }
}
