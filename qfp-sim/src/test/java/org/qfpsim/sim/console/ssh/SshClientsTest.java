package org.qfpsim.sim.console.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that people use with such routers: OpenSSH, Ansible with its collection cisco.ios, netmiko. */
class SshClientsTest {
    private static final long SECONDS = 300;
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    private Path folder;

    /** What a program has said, and its exit code. */
    private record Said(int code, String text) {
    }

    private Said run(final String input, final String... command) throws Exception {
        final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("HOME", folder.toString(), "ANSIBLE_HOME", folder.resolve("ansible").toString(),
            "ANSIBLE_LOCAL_TEMP", folder.resolve("tmp").toString(), "ANSIBLE_NOCOLOR", "1", "LC_ALL", "C.UTF-8",
            "ANSIBLE_PERSISTENT_CONTROL_PATH_DIR", folder.resolve("pc").toString(), "PYTHONWARNINGS", "ignore"));
        final Process process = builder.start();
        final CompletableFuture<String> text = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (final IOException e) {
                return e.toString();
            }
        });
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (final IOException e) {
            // It did not want to hear it all.
            assertThat(e).isNotNull();
        }
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as(String.join(" ", command)).isTrue();
            return new Said(process.exitValue(), text.get(SECONDS, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void need(final String... programs) {
        final List<String> missing = Arrays.stream(programs).filter(program -> Arrays.stream(System.getenv("PATH").split(":"))
            .noneMatch(place -> Files.isExecutable(Path.of(place, program)))).toList();
        assumeTrue(missing.isEmpty(), () -> "not installed, nothing was checked: " + missing);
    }

    private void needModule(final String module) throws Exception {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)) && run("", PYTHON, "-c", "import " + module).code() == 0,
            () -> "no Python module " + module + ", nothing was checked");
    }

    private String[] ssh(final SshRig rig, final String... more) {
        final String[] all = {"sshpass", "-p", "s3cret", "ssh", "-F", "none", "-o", "StrictHostKeyChecking=accept-new", "-o",
            "UserKnownHostsFile=" + folder.resolve("known_hosts"), "-o", "LogLevel=ERROR", "-p", String.valueOf(rig.port()), "admin@127.0.0.1"};
        final String[] command = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, command, all.length, more.length);
        return command;
    }

    @Test
    void shouldServeOpenSsh() throws Exception {
        need("ssh", "sshpass");
        try (SshRig rig = new SshRig(folder, SshRig.USERS + SshRig.LINES)) {
            assertThat(run("", ssh(rig, "show privilege"))).isEqualTo(new Said(0, "Current privilege level is 15\n"));
            assertThat(run("show privilege\nexit\n", ssh(rig, "-T")))
                .isEqualTo(new Said(0, "R1#show privilege\nCurrent privilege level is 15\nR1#exit\n"));
            assertThat(run("show privilege\rexit\r", ssh(rig, "-tt")).text()).isEqualTo("\r\nR1#show privilege\r\n"
                + "Current privilege level is 15\r\nR1#exit\r\n");
            assertThat(run("", ssh(rig, "-N", "-L", "0:127.0.0.1:22", "-s", "sftp")).code()).isNotZero();
            final String[] wrong = ssh(rig, "show privilege");
            wrong[2] = "wrong";
            final Said refused = run("", wrong);
            assertThat(refused.code()).isNotZero();
            assertThat(refused.text()).contains("Permission denied");
            assertThat(Files.readString(folder.resolve("known_hosts"))).contains("ssh-rsa ");
        }
    }

    @Test
    void shouldServeAnsible() throws Exception {
        need("ansible-playbook");
        needModule("paramiko");
        needModule("ansible_collections.cisco.ios");
        try (SshRig rig = new SshRig(folder, SshRig.USERS + SshRig.LINES)) {
            Files.writeString(folder.resolve("hosts.yml"), """
                all:
                  hosts:
                    r1:
                      ansible_host: 127.0.0.1
                      ansible_port: %d
                      ansible_user: bob
                      ansible_password: b0b
                      ansible_become: true
                      ansible_become_method: enable
                      ansible_become_password: en4ble
                      ansible_connection: ansible.netcommon.network_cli
                      ansible_network_cli_ssh_type: paramiko
                      ansible_network_os: cisco.ios.ios
                      ansible_host_key_checking: false
                      ansible_command_timeout: 120
                      ansible_connect_timeout: 120
                """.formatted(rig.port()));
            Files.writeString(folder.resolve("play.yml"), """
                - hosts: all
                  gather_facts: false
                  tasks:
                    - cisco.ios.ios_command:
                        commands: [show version, show platform hardware qfp active statistics drop, show privilege]
                      register: shown
                    - ansible.builtin.assert:
                        that:
                          - "'Cisco IOS Software' in shown.stdout[0]"
                          - shown.stdout[1].startswith('-----')
                          - "'Global Drop Stats' in shown.stdout[1]"
                          - shown.stdout[2] == 'Current privilege level is 15'
                    - cisco.ios.ios_config:
                        parents: interface GigabitEthernet0/0/1
                        lines: [description pushed by Ansible]
                      register: first
                    - cisco.ios.ios_config:
                        parents: interface GigabitEthernet0/0/1
                        lines: [description pushed by Ansible]
                        save_when: modified
                      register: second
                    - ansible.builtin.assert:
                        that: [first.changed, second.updates is not defined]
                    - cisco.ios.ios_facts:
                        gather_subset: [hardware, interfaces, config]
                    - ansible.builtin.assert:
                        that:
                          - ansible_net_hostname == 'R1'
                          - ansible_net_interfaces['GigabitEthernet0/0/1'].description == 'pushed by Ansible'
                          - ansible_net_interfaces['GigabitEthernet0/0/1'].ipv4[0].address == '10.2.0.1'
                """);
            final Said said = run("", "ansible-playbook", "-i", "hosts.yml", "play.yml");
            assertThat(said.text()).contains("failed=0").contains("changed=");
            assertThat(said.code()).as(said.text()).isZero();
            assertThat(rig.console("show running-config | section GigabitEthernet0/0/1")).contains("description pushed by Ansible");
        }
    }

    @Test
    void shouldServeNetmiko() throws Exception {
        needModule("netmiko");
        try (SshRig rig = new SshRig(folder, SshRig.USERS + SshRig.LINES)) {
            Files.writeString(folder.resolve("talk.py"), """
                import netmiko, sys
                router = netmiko.ConnectHandler(device_type='cisco_ios', host='127.0.0.1', port=int(sys.argv[1]), username='bob',
                                                password='b0b', secret='en4ble', global_delay_factor=2)
                router.enable()
                print(router.find_prompt())
                print(router.send_command('show privilege'))
                router.send_config_set(['interface GigabitEthernet0/0/1', 'description pushed by netmiko'])
                print(router.send_command('show running-config | include description'))
                print(len(router.send_command('show tech-support ipsec').splitlines()) > 100)
                router.disconnect()
                """);
            assertThat(run("", PYTHON, "talk.py", String.valueOf(rig.port())))
                .isEqualTo(new Said(0, "R1#\nCurrent privilege level is 15\n description pushed by netmiko\nTrue\n"));
        }
    }
}
