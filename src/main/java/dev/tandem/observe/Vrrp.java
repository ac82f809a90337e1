package dev.tandem.observe;

/// The state of a balancer's VRRP instance (RFC 9568, section 6.4, and Keepalived's own words).
public enum Vrrp {
    /// It holds the VIP.
    MASTER,
    /// It waits for the master to fall silent.
    BACKUP,
    /// It takes no part: its HAProxy is down, or its interface.
    FAULT,
    /// Keepalived has not been started yet.
    INIT,
    /// Keepalived is not running.
    DOWN,
    /// Nobody could say.
    UNKNOWN;

    /// Keepalived's word; any other is {@link #UNKNOWN}.
    public static Vrrp of(String word) {
        for (Vrrp state : values()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        return word.equals("STOP") ? DOWN : UNKNOWN;
    }
}
