package dev.tandem.scenario;

import dev.tandem.load.Outcome;
import dev.tandem.load.RequestClass;
import dev.tandem.load.RequestRecord;
import dev.tandem.scenario.OwnerWatch.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// The moments at which the LAN saw another owner of the VIP, and which connections were in the
/// way: those break where nobody hands them over.
///
/// @param load whose connections they are
/// @param owners what was seen
record OwnerMoves(UnderLoad load, List<Span> owners) {
    /// Who has the VIP is said at once, and again after 1 s (`vrrp_garp_master_delay`): a client
    /// that has just learned something else may not listen to the first word. Three times that, for
    /// Keepalived is late on a machine that tests keep busy.
    private static final Duration TOLD_TWICE = Duration.ofSeconds(3);

    /// How long an owner that gave the VIP up is still shown by `vip-watch`, and twice that.
    private static final Duration FORGOTTEN = Duration.ofMillis(200);

    /// Whether its connection was there when the LAN saw another owner of the VIP, or began before
    /// the LAN was told for the second time who that is. A download that the client only reads is
    /// not even reset: nobody tells the client.
    boolean caught(RequestRecord record) {
        Instant opened = load.time(opened(record));
        Instant ended = load.time(record.done());
        return wasTaken(record)
                && IntStream.range(1, owners.size())
                        .anyMatch(move ->
                                opened.isBefore(settled(move).plus(TOLD_TWICE))
                                        && ended.isAfter(owners.get(move).time().minus(FORGOTTEN)));
    }

    /// When the LAN knew who owns it. While two claim it, whoever asks is answered by both, and who
    /// of them comes last is believed: until one gives way, each client may change its mind.
    private Instant settled(int move) {
        boolean two = owners.get(move).macs().contains(",") && move + 1 < owners.size();
        return owners.get(two ? move + 1 : move).time();
    }

    /// Whether somebody took its connection: one that nobody takes is refused, or times out. It may
    /// be reset before the client has noticed that it was taken, or in its TLS handshake.
    private static boolean wasTaken(RequestRecord record) {
        return record.connected() >= 0
                || wasSilent(record)
                || (record.sent() >= 0 && record.outcome() == Outcome.RESET);
    }

    /// The second request of a connection that was silent finds out that it is gone.
    private static boolean wasSilent(RequestRecord record) {
        return record.kind() == RequestClass.IDLE && record.sent() < 0;
    }

    /// When its connection began.
    private static long opened(RequestRecord record) {
        if (wasSilent(record)) {
            return record.planned() - UnderLoad.SILENCE.toNanos();
        }
        return record.connected() >= 0 ? record.connected() : record.sent();
    }
}
