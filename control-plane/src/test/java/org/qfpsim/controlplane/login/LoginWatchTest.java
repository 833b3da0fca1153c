package org.qfpsim.controlplane.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who watches those who log in. */
class LoginWatchTest {
    private static final Attempt TRY = new Attempt("try1", "192.0.2.1", 22);
    private static final String BLOCK = "login block-for 100 attempts 3 within 30\nlogin on-failure log\nlogin on-success log\n";

    @Test
    void shouldKeepEverybodyOutAfterTooManyFailures() {
        final LoginRig rig = LoginRig.of(BLOCK);
        rig.watch.done(TRY, false);
        rig.advance(10);
        rig.watch.done(TRY, false);
        assertThat(rig.watch.isQuiet()).isFalse();
        rig.advance(10);
        rig.watch.done(new Attempt("try2", "192.0.2.2", 22), false);
        assertThat(rig.watch.isQuiet()).isTrue();
        assertThat(rig.watch.show()).contains("     Router presently in Quiet-Mode.\n     Will remain in Quiet-Mode for 100 seconds.\n");
        rig.advance(99.9);
        assertThat(rig.watch.isQuiet()).isTrue();
        rig.advance(0.1);
        assertThat(rig.watch.isQuiet()).isFalse();
        assertThat(rig.messages).containsExactly(
            "%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: try1] [Source: 192.0.2.1] [localport: 22] [Reason: Login Authentication Failed]"
                + " at 21:52:00 UTC Sun Mar 9 2003",
            "%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: try1] [Source: 192.0.2.1] [localport: 22] [Reason: Login Authentication Failed]"
                + " at 21:52:10 UTC Sun Mar 9 2003",
            "%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: try2] [Source: 192.0.2.2] [localport: 22] [Reason: Login Authentication Failed]"
                + " at 21:52:20 UTC Sun Mar 9 2003",
            "%SEC_LOGIN-1-QUIET_MODE_ON: Still timeleft for watching failures is 10 secs, [user: try2] [Source: 192.0.2.2] [localport: 22]"
                + " [Reason: Login Authentication Failed] [ACL: sl_def_acl] at 21:52:20 UTC Sun Mar 9 2003",
            "%SEC_LOGIN-5-QUIET_MODE_OFF: Quiet Mode is OFF, because block period timed out at 21:54:00 UTC Sun Mar 9 2003");
    }

    @Test
    void shouldForgetFailuresThatAreOld() {
        final LoginRig rig = LoginRig.of(BLOCK);
        for (int i = 0; i < 100; i++) {
            rig.watch.done(TRY, false);
            rig.advance(15);
            assertThat(rig.watch.isQuiet()).isFalse();
        }
        assertThat(rig.watch.show()).isEqualTo("     A default login delay of 1 seconds is applied.\n     No Quiet-Mode access list has been configured.\n"
            + "     All successful login is logged.\n     All failed login is logged.\n\n     Router enabled to watch for login Attacks.\n"
            + "     If more than 3 login failures occur in 30 seconds or less,\n     logins will be disabled for 100 seconds.\n\n"
            + "     Router presently in Normal-Mode.\n     Current Watch Window\n         Time remaining: 15 seconds.\n"
            + "     Login failures for current window: 1.\n");
    }

    @Test
    void shouldLetEverybodyInWhenTheBlockIsTakenAway() {
        final LoginRig rig = LoginRig.of(BLOCK);
        for (int i = 0; i < 3; i++) {
            rig.watch.done(TRY, false);
        }
        assertThat(rig.watch.isQuiet()).isTrue();
        rig.configure("hostname R1\n");
        assertThat(rig.watch.isQuiet()).isFalse();
        rig.advance(200);
        assertThat(rig.messages).noneMatch(line -> line.contains("QUIET_MODE_OFF"));
        assertThat(rig.watch.show()).isEqualTo("     No login delay has been applied.\n     No Quiet-Mode access list has been configured.\n\n"
            + "     Router NOT enabled to watch for login Attacks\n");
    }

    @Test
    void shouldShowLastFailuresOnly() {
        final LoginRig rig = LoginRig.of("hostname R1\n");
        assertThat(rig.watch.failures()).isEqualTo("*** No logged failed login attempts with the device.***\n");
        for (int i = 0; i < 1000; i++) {
            rig.watch.done(new Attempt("user" + i, "192.0.2.1", 22), false);
        }
        rig.watch.done(new Attempt("user999", "192.0.2.1", 22), false);
        assertThat(rig.watch.failures().lines()).hasSize(LoginWatch.ROWS + 4).startsWith("Total failed logins: 51")
            .endsWith("user999         192.0.2.1       22    2     21:52:00 UTC Sun Mar 9 2003");
    }

    @Test
    void shouldMakeNamesHarmless() {
        assertThat(new Attempt("evil\r\nR1#\u001b[2J" + "x".repeat(100_000), "192.0.2.1", 22).user())
            .isEqualTo("evil??R1#?[2J" + "x".repeat(51));
        assertThat(Attempt.local("a b")).isEqualTo(new Attempt("a?b", "LOCAL", 0));
    }
}
