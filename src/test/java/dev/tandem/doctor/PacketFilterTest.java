package dev.tandem.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.doctor.PacketFilter.OnInterface;
import org.junit.jupiter.api.Test;

/// What is read from rules as `nft --numeric list ruleset` prints them.
class PacketFilterTest {
    private static final String UFW =
            """
            table ip filter {
            	chain ufw-before-input {
            		iifname "lo" counter packets 9 bytes 720 accept
            		ip protocol 1 counter packets 0 bytes 0 accept
            	}

            	chain INPUT {
            		type filter hook input priority 0; policy drop;
            		counter packets 51 bytes 4080 jump ufw-before-input
            	}

            	chain FORWARD {
            		type filter hook forward priority 0; policy drop;
            	}
            }
            """;

    private static final String FIREWALLD =
            """
            table inet firewalld {
            	chain filter_INPUT {
            		type filter hook input priority 10; policy accept;
            		ct state { 0x2, 0x4 } accept
            		jump filter_INPUT_ZONES
            		reject with icmpx 3
            	}
            }
            """;

    private static PacketFilter read(String ruleset) {
        return PacketFilter.parse(ruleset, "");
    }

    @Test
    void withoutRulesNothingIsDropped() {
        assertThat(read("")).isEqualTo(PacketFilter.NONE);
    }

    /// These are not among what nft shows.
    @Test
    void rulesOfIptablesLegacyAreKnownToBeThere() {
        assertThat(PacketFilter.parse("", "nat\nfilter\n").legacy()).isTrue();
        assertThat(PacketFilter.parse("", "nat\n").legacy()).isFalse();
    }

    @Test
    void ofUfwThePolicyDropsWhatNoRuleAccepts() {
        assertThat(read(UFW).keeper()).isEqualTo("ufw");
        assertThat(read(UFW).inInput()).contains("policy drop in table ip filter, chain INPUT");
    }

    @Test
    void ofFirewalldTheLastRuleDoes() {
        assertThat(read(FIREWALLD).keeper()).isEqualTo("firewalld");
        assertThat(read(FIREWALLD).inInput())
                .contains(
                        "reject with icmpx 3 at the end of table inet firewalld, chain"
                                + " filter_INPUT");
    }

    @Test
    void aRuleThatAcceptsItIsEnough() {
        String accepts = "\t\tip protocol 1 counter packets 0 bytes 0 accept\n";
        String vrrp = "\t\tip protocol 112 counter packets 0 bytes 0 accept\n";
        assertThat(read(UFW.replace(accepts, accepts + vrrp)).inInput()).isEmpty();
        String state = "\t\tct state { 0x2, 0x4 } accept\n";
        String set = "\t\tmeta l4proto { 51, 112 } accept\n";
        assertThat(read(FIREWALLD.replace(state, state + set)).inInput()).isEmpty();
    }

    @Test
    void aRuleThatDropsItIsNamed() {
        String rules =
                """
                table ip filter {
                	chain INPUT {
                		type filter hook input priority 0; policy accept;
                		ip protocol 112 counter packets 3 bytes 120 drop
                	}
                }
                """;
        assertThat(read(rules).inInput())
                .contains(
                        "ip protocol 112 counter packets 3 bytes 120 drop in table ip filter, chain"
                                + " INPUT");
        assertThat(read(rules).onTheWay()).isEmpty();
    }

    @Test
    void onlyWhatHangsOnAnInterfaceIsOnTheWayOfANode() {
        String rules =
                """
                table netdev lan {
                	chain in {
                		type filter hook ingress device "ens33" priority 0; policy accept;
                		ip protocol 112 drop
                	}
                }
                """;
        assertThat(read(rules).onTheWay())
                .containsExactly(
                        new OnInterface("ens33", "netdev lan", "in", "ip protocol 112 drop"));
        assertThat(read(rules).inInput()).isEmpty();
    }

    @Test
    void whatIsForwardedOrOfIpv6IsNobodysConcern() {
        String rules =
                """
                table ip6 filter {
                	chain INPUT {
                		type filter hook input priority 0; policy drop;
                	}
                }
                table ip filter {
                	chain FORWARD {
                		type filter hook forward priority 0; policy drop;
                	}
                	chain DOCKER {
                		iifname != "br-1" oifname "br-1" counter packets 0 bytes 0 drop
                	}
                }
                """;
        assertThat(read(rules).inInput()).isEmpty();
    }
}
