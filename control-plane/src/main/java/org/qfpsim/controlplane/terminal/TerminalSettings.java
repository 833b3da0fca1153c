package org.qfpsim.controlplane.terminal;

/** What a terminal line is set to: by its configuration at first, then by {@code terminal ...} for as long as the session lasts. */
public final class TerminalSettings {
    private final Defaults defaults;
    private int length;
    private int width;
    private int historySize;
    private boolean monitor;

    /**
     * What the configuration of a line says.
     *
     * @param length      lines of the screen, 0 to 512; 0: output does not pause.
     * @param width       characters of a line, 0 to 512; 0: no limit.
     * @param historySize command lines that are kept, 0 to 256.
     * @param idleSeconds until a session without input ends; 0: never.
     * @param synchronous whether log lines may interrupt a line that is typed, which is then shown again ({@code logging synchronous}).
     * @param privilege   of a session's start, 0 to 15: 15 is privileged exec mode.
     * @param loginLocal  whether user name and password are asked for.
     * @param ssh         whether SSH may come in here ({@code transport input ssh}).
     */
    public record Defaults(int length, int width, int historySize, long idleSeconds, boolean synchronous, int privilege,
                           boolean loginLocal, boolean ssh) {
        /** A line that nothing is configured for. */
        public static final Defaults STANDARD = new Defaults(24, 80, 20, 600, false, 1, false, false);

        /** Whether somebody can log in here over the network. */
        public boolean admitsSsh() {
            return ssh && loginLocal;
        }
    }

    /**
     * As configured.
     *
     * @param defaults what a session starts with.
     */
    public TerminalSettings(final Defaults defaults) {
        this.defaults = defaults;
        length = defaults.length();
        width = defaults.width();
        historySize = defaults.historySize();
    }

    /** What the configuration says. */
    public Defaults defaults() {
        return defaults;
    }

    /** Lines of the screen; 0: output does not pause. */
    public int length() {
        return length;
    }

    /**
     * {@code terminal length}.
     *
     * @param lines 0 to 512.
     */
    public void length(final int lines) {
        length = lines;
    }

    /** Characters of a line; 0: no limit. */
    public int width() {
        return width;
    }

    /**
     * {@code terminal width}.
     *
     * @param characters 0 to 512.
     */
    public void width(final int characters) {
        width = characters;
    }

    /** Command lines that are kept. */
    public int historySize() {
        return historySize;
    }

    /**
     * {@code terminal history size}.
     *
     * @param lines 0 to 256.
     */
    public void historySize(final int lines) {
        historySize = lines;
    }

    /** Whether log lines are shown on a line that is not the console. */
    public boolean monitor() {
        return monitor;
    }

    /**
     * {@code terminal monitor}.
     *
     * @param on whether log lines are shown.
     */
    public void monitor(final boolean on) {
        monitor = on;
    }
}
