package org.qfpsim.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

/** A backend with one lane, driven one packet at a time. */
final class BackendFixture {
    final CryptoBackend backend;
    final CryptoLane lane;

    BackendFixture(final CryptoBackend backend) {
        this.backend = backend;
        lane = backend.newLane();
    }

    /** One SA on the fixture's lane. */
    final class Sa implements AutoCloseable {
        final EspSuite suite;
        final long handle;
        private final EspTransform transform;

        Sa(final EspSuite suite, final EspKeys keys) {
            this.suite = suite;
            handle = backend.install(suite, keys);
            transform = lane.transform(suite);
        }

        int open(final EspPacketMemory packet, final boolean esn, final int seqHigh) {
            final int[] status = {-1, -1};
            final int now = transform.open(handle, packet.esp(), packet.length(), esn, seqHigh, 1);
            lane.flush(status);
            assertThat(status[0]).isEqualTo(-1);
            assertThat(status[1] == -1).as("a flush answers pending packets only").isEqualTo(now != EspTransform.PENDING);
            return now == EspTransform.PENDING ? status[1] : now;
        }

        /** Opens a packet with extended numbers that is read in one place and belongs in another. */
        int openLent(final EspPacketMemory lender, final EspPacketMemory packet, final int seqHigh) {
            final OpenBatch batch = new OpenBatch(1);
            OpenBatch.put(batch.at(0), 0, handle, packet.esp(), packet.length(), true, seqHigh, lender.esp());
            if (transform.open(batch, 0, 1)) {
                lane.flush(batch.status());
            }
            return batch.status()[0];
        }

        void restore(final EspPacketMemory packet, final int status) {
            transform.restore(handle, packet.esp(), packet.length(), status);
        }

        void seal(final EspPacketMemory packet, final boolean esn, final int seqHigh) {
            assertThat(transform.seal(handle, packet.esp(), packet.length(), esn, seqHigh)).isEqualTo(EspTransform.OK);
        }

        void writeIv(final EspPacketMemory packet, final long sequence) {
            transform.writeIv(handle, packet.esp() + EspSuite.ESP_HEADER_BYTES, sequence);
        }

        @Override
        public void close() {
            backend.release(suite, handle);
        }

        @Override
        public String toString() {
            return backend.id() + " " + suite;
        }
    }

    Sa install(final EspSuite suite, final EspKeys keys) {
        return new Sa(suite, keys);
    }
}
