package dev.tandem.drill.predict;

import dev.tandem.drill.predict.Estimate.Unbroken;
import dev.tandem.drill.predict.Estimate.Unknown;
import dev.tandem.drill.predict.Estimate.UntilHealed;
import dev.tandem.model.Balancer;
import dev.tandem.model.Site;
import dev.tandem.model.Timing;
import java.util.Optional;

/// What can go wrong and what it should cost, from the site file and the times that every site is
/// rendered with. Upper limits, at the worst moment: what is measured should stay below them.
///
/// A fault says which of these apply (`Fault.cost`). The formulas are in {@link Election} (VRRP),
/// {@link ServerChecks} (HAProxy) and {@link InitTimes} (the balancer's init); this class combines
/// them, in the right order.
///
/// @param site the site
/// @param timing its times
public record Costs(Site site, Timing timing) {
    private static final String ALONE = "there is no other balancer";
    private static final String LATER =
            "how soon the machine stops its containers is not in the site file";
    private static final String NONE_LEFT = "no web server is left";

    /// For a site with its rendered times.
    public static Costs of(Site site) {
        return new Costs(site, site.timing());
    }

    private Election election() {
        return new Election(site.balancers().size(), timing.advert(), site.vip().returns());
    }

    private ServerChecks checks() {
        return new ServerChecks(timing);
    }

    /// A time that does not follow from the site file.
    public static Prediction unknown(String name, String reason) {
        return Prediction.moves(name, new Unknown(reason));
    }

    /// Only a peer can help.
    private Estimate byPeer(Formula formula) {
        return election().hasPeer() ? formula.within() : new UntilHealed(ALONE);
    }

    /// Until this many of the web servers are out of rotation, if others are left.
    private Estimate out(int struck, Formula formula) {
        return isAnyLeft(struck) ? formula.within() : new UntilHealed(NONE_LEFT);
    }

    private boolean isAnyLeft(int struck) {
        return site.servers().size() > struck;
    }

    /// A web server whose machine is gone: a connection to it gets no answer within `timeout
    /// connect`, and `option redispatch 1` sends the first retry to another one (HAProxy 3.0
    /// configuration manual, `option redispatch`, `retries`). So a request waits, but is not lost;
    /// one that the dead server already has is lost. Without retries, requests are lost until the
    /// checks notice.
    public Prediction webGone(String name) {
        return Prediction.stays(name, gone());
    }

    private Estimate gone() {
        return site.defaultPool().settings().retries() > 0 && isAnyLeft(1)
                ? Formula.none().plus(timing.connect()).within()
                : out(1, checks().silent());
    }

    /// The same with a refusal, which arrives at once.
    public Prediction webRefuses(String name) {
        return Prediction.stays(name, refused());
    }

    private Estimate refused() {
        return site.defaultPool().settings().retries() > 0 && isAnyLeft(1)
                ? new Unbroken("a refused connection is retried on another server at once")
                : out(1, checks().refused());
    }

    /// The fault's delay is shorter than the time allowed for a check, so the server stays in
    /// rotation.
    public Prediction webLate(String name) {
        return Prediction.stays(
                name, new Unbroken("late answers still count; the checks still pass"));
    }

    /// One web server accepts connections and sends nothing.
    public Prediction webSilent(String name) {
        return Prediction.stays(name, out(1, checks().silent()));
    }

    /// A busy web server. Requests go to it until it is out of rotation, and wait until it goes on:
    /// none is lost but those of clients that do not wait as long. What it has open goes on.
    public Prediction webBusy(String name) {
        return Prediction.stays(name, out(1, checks().silent()));
    }

    /// All of Tandem's web servers are gone.
    public Prediction allWebGone(String name) {
        return Prediction.stays(name, out(site.ownServers().size(), checks().silent()));
    }

    /// One web server answers checks and requests alike with an error.
    public Prediction webFails(String name) {
        return Prediction.stays(name, out(1, checks().refused()));
    }

    /// The master has gone silent.
    public Prediction masterSilent(String name) {
        return Prediction.moves(name, byPeer(election().silent()));
    }

    /// The master's HAProxy accepts connections and sends nothing.
    public Prediction haproxyHangs(String name) {
        return Prediction.moves(name, byPeer(InitTimes.hangNoticed().plus(election().left())));
    }

    /// The master keeps serving until the peer has claimed the VIP (Balancer.pm, `go_on_leaving`).
    public Prediction handedOver(String name) {
        return election().hasPeer()
                ? Prediction.moves(
                        name,
                        new Unbroken("the master serves until its peer holds the VIP"),
                        election().demoted().within())
                : Prediction.moves(name, new UntilHealed(ALONE));
    }

    /// Both hold the VIP and both serve; the LAN decides which one a client reaches.
    public Prediction split(String name) {
        Unknown which = new Unknown("two balancers hold the VIP; ARP decides which one is asked");
        return election().hasPeer()
                ? Prediction.moves(name, which, election().silent().within())
                : Prediction.stays(name, new Unbroken(ALONE));
    }

    /// No packet of a client or a web server is lost: only a takeover could cost one.
    public Prediction packetsLost(String name, int percent) {
        if (!election().hasPeer()) {
            return Prediction.stays(name, new Unbroken(ALONE));
        }
        int copies = site.handsOver() ? 2 : 1;
        LostAdverts adverts = new LostAdverts(percent, copies, timing.advert());
        return adverts.isRare()
                ? Prediction.stays(name, new Unbroken(adverts.text()))
                : unknown(name, adverts.text());
    }

    /// First HAProxy must find every web server silent, then the init waits to see whether its
    /// peers find the same, then the peer takes over from a master with a lower priority. If
    /// connections are handed over, new ones go to the peer before that: with the master's next
    /// beacon.
    public Prediction cutFromServers(String name) {
        Formula silent = checks().silent();
        Estimate moved = byPeer(silent.plus(InitTimes.emptyNoticed()).plus(election().demoted()));
        return site.handsOver()
                ? Prediction.moves(name, byPeer(silent.plus(InitTimes.unseenNoticed())), moved)
                : Prediction.moves(name, moved);
    }

    /// The init learns of it through SIGCHLD, Keepalived through inotify (keepalived.conf(5),
    /// `track_file`): neither waits for a clock.
    public Prediction haproxyKilled(String name) {
        return election().hasPeer()
                ? Prediction.moves(name, election().left().within())
                : unknown(name, "how fast HAProxy starts again is not in the site file");
    }

    /// A killed Keepalived announces nothing, and the init takes its VIP away.
    public Prediction keepalivedKilled(String name) {
        return election().hasPeer()
                ? Prediction.moves(name, election().silent().within())
                : unknown(name, "how fast Keepalived starts again is not in the site file");
    }

    /// The VIP stays on a machine that serves until the peer claims it.
    public Prediction keepalivedHangs(String name) {
        Unbroken serves = new Unbroken("HAProxy of the old master still serves");
        return election().hasPeer()
                ? Prediction.moves(name, serves, election().silent().within())
                : Prediction.stays(name, serves);
    }

    /// A machine is rebooted in order: its master hands over as one that is stopped, and a web
    /// server of it is gone as soon as it has ended. Both begin when the machine's init stops
    /// containers, and not when it is told to reboot.
    ///
    /// @param named the machine; empty: that of the first balancer
    public Prediction machineReboots(String name, Optional<String> named) {
        Balancer first = site.balancers().getFirst();
        String machine = named.or(first::machine).orElse("");
        if (machine.isEmpty()) {
            return unknown(name, "the site names no machines");
        }
        int balancers = site.balancersOn(machine).size();
        int servers = site.ownServersOn(machine).size();
        if (balancers == site.balancers().size()) {
            return Prediction.stays(name, new UntilHealed("all balancers are on " + machine));
        }
        Estimate served =
                servers == 0
                        ? new Unbroken("its nodes leave in order, and others serve")
                        : isAnyLeft(servers) ? gone() : new UntilHealed(NONE_LEFT);
        boolean moves = first.machine().equals(Optional.of(machine));
        return moves
                ? Prediction.moves(name, served, new Unknown(LATER))
                : Prediction.stays(name, served);
    }
}
