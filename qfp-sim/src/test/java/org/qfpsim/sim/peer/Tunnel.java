package org.qfpsim.sim.peer;

import java.util.List;

/**
 * What both ends are configured with: 10.1.0.0/24 is strongSwan's, 10.2.0.0/24 the router's, with a host at .10.
 *
 * @param version     of IKE.
 * @param transforms  as the router has them.
 * @param proposal    as strongSwan has them.
 * @param pfs         whether children have a Diffie-Hellman exchange of their own.
 * @param closeAction of strongSwan: {@code none} or {@code start}.
 * @param extra       more lines of the router's configuration.
 * @param daemonExtra more lines of strongSwan's connection.
 * @param childExtra  more lines of its child.
 */
record Tunnel(int version, String transforms, String proposal, boolean pfs, String closeAction, String extra, String daemonExtra,
              String childExtra) {
    static final String PEER = "10.9.0.1";
    static final String ROUTER = "10.9.0.2";
    static final String PEER_INSIDE = "10.1.0.1";
    static final String ROUTER_INSIDE = "10.2.0.1";
    static final String BOB = "10.2.0.10";
    private static final String SECRET = "not-a-real-secret";
    private static final String IKEV1 = """
        crypto isakmp policy 10
         encr aes 256
         hash sha256
         authentication pre-share
         group 14
        crypto isakmp key %s address 10.9.0.1
        """.formatted(SECRET);
    private static final String IKEV2 = """
        crypto ikev2 proposal PROPOSAL
         encryption aes-cbc-256
         integrity sha256
         group 14
        crypto ikev2 policy POLICY
         proposal PROPOSAL
        crypto ikev2 keyring RING
         peer OTHER
          address 10.9.0.1
          pre-shared-key %s
        crypto ikev2 profile PROFILE
         match identity remote address 10.9.0.1 255.255.255.255
         authentication remote pre-share
         authentication local pre-share
         keyring local RING
        """.formatted(SECRET);

    static Tunnel of(final int version) {
        return new Tunnel(version, "esp-aes 256 esp-sha256-hmac", "aes256-sha256", false, "none", "", "", "");
    }

    Tunnel suite(final String routers, final String daemons, final boolean withPfs) {
        return new Tunnel(version, routers, daemons, withPfs, closeAction, extra, daemonExtra, childExtra);
    }

    Tunnel router(final String lines) {
        return new Tunnel(version, transforms, proposal, pfs, closeAction, extra + lines + "\n", daemonExtra, childExtra);
    }

    Tunnel daemon(final String lines) {
        return new Tunnel(version, transforms, proposal, pfs, closeAction, extra, daemonExtra + lines + "\n", childExtra);
    }

    Tunnel child(final String lines) {
        return new Tunnel(version, transforms, proposal, pfs, closeAction, extra, daemonExtra, childExtra + lines + "\n");
    }

    Tunnel closeAction(final String action) {
        return new Tunnel(version, transforms, proposal, pfs, action, extra, daemonExtra, childExtra);
    }

    String routerConfiguration() {
        return "hostname R2\n" + (version == 1 ? IKEV1 : IKEV2) + extra + """
            crypto ipsec transform-set TS %s
             mode tunnel
            crypto map VPN 10 ipsec-isakmp
             set peer 10.9.0.1
             set transform-set TS
             match address TO-PEER
            %s%sinterface GigabitEthernet0/0/0
             ip address 10.9.0.2 255.255.255.0
             crypto map VPN
             no shutdown
            interface GigabitEthernet0/0/1
             ip address 10.2.0.1 255.255.255.0
             no shutdown
            ip route 0.0.0.0 0.0.0.0 10.9.0.1
            ip access-list extended TO-PEER
             permit ip 10.2.0.0 0.0.0.255 10.1.0.0 0.0.0.255
            end
            """.formatted(transforms, version == 1 ? "" : " set ikev2-profile PROFILE\n", pfs ? " set pfs group14\n" : "");
    }

    /** A router of ours at the place of strongSwan. */
    String otherRouterConfiguration() {
        return routerConfiguration().replace("10.9.0.1", "PEER").replace("10.9.0.2", "10.9.0.1").replace("PEER", "10.9.0.2")
            .replace("10.1.0.", "INSIDE.").replace("10.2.0.", "10.1.0.").replace("INSIDE.", "10.2.0.");
    }

    String daemonConfiguration() {
        return """
            connections {
              r2 {
                version = %d
                local_addrs = 10.9.0.1
                remote_addrs = 10.9.0.2
                proposals = aes256-sha256-modp2048
                %s
                local {
                  auth = psk
                }
                remote {
                  auth = psk
                }
                children {
                  net {
                    local_ts = 10.1.0.0/24
                    remote_ts = 10.2.0.0/24
                    esp_proposals = %s
                    close_action = %s
                    %s
                  }
                }
              }
            }
            secrets {
              ike {
                secret = "%s"
              }
            }
            """.formatted(version, daemonExtra, proposal + (pfs ? "-modp2048" : ""), closeAction, childExtra, SECRET);
    }

    static List<String> addresses() {
        return List.of(PEER + "/24", "lo:" + PEER_INSIDE + "/24");
    }
}
