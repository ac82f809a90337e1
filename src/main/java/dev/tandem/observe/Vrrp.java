package dev.tandem.observe;

/// The state of a balancer's VRRP instance (RFC 9568, section 6.4, and Keepalived's own words).
public enum Vrrp {
    /// It holds the VIP.
    MASTER,
    /// It waits in case the master falls silent.
    BACKUP,
    /// It takes no part: its HAProxy is down, or its interface.
    FAULT,
    /// Keepalived has not been started yet.
    INIT,
    /// Keepalived is not running.
    DOWN,
    /// It could not be found out.
    UNKNOWN;

    /// The state for Keepalived's word; any unknown word is {@link #UNKNOWN}.
    public static Vrrp of(String word) {
        for (Vrrp state : values()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        return word.equals("STOP") ? DOWN : UNKNOWN;
    }
}
