package org.qfpsim.controlplane.qfp.load;

/**
 * What a QFP had to do in the last five seconds.
 *
 * @param inputPackets  a second that came in.
 * @param inputBits     a second.
 * @param outputPackets a second that went out.
 * @param outputBits    a second.
 * @param processing    percent of the busiest QFP.
 * @param measured      whether that is the engines' time; otherwise it is modelled ({@link LoadModel}), of their rate.
 * @param crypto        percent of the crypto engine's rate; modelled.
 */
public record Load(double inputPackets, double inputBits, double outputPackets, double outputBits, long processing,
                   boolean measured, long crypto) {
}
