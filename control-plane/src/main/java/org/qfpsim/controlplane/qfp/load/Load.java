package org.qfpsim.controlplane.qfp.load;

/**
 * What a QFP had to do in the last five seconds.
 *
 * @param inputPackets  a second that came in.
 * @param inputBits     a second.
 * @param outputPackets a second that went out.
 * @param outputBits    a second.
 * @param processing    percent of the engines' rate, of the busiest QFP; modelled ({@link LoadModel}).
 * @param crypto        percent of the crypto engine's rate; modelled.
 */
public record Load(double inputPackets, double inputBits, double outputPackets, double outputBits, long processing, long crypto) {
}
