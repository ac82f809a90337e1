package dev.tandem.doctor;

import dev.tandem.docker.EngineInfo;
import dev.tandem.docker.Where;
import java.time.Duration;
import java.util.Optional;

/// What the engine reports.
///
/// @param info about itself and its machine
/// @param compose the version of Compose; empty when there is no Compose v2
/// @param place where it runs
/// @param ahead how far its clock is ahead of this machine's; zero when unknown
/// @param iptables whether the command `iptables` is on this machine
public record EngineSeen(
        EngineInfo info, Optional<String> compose, Where place, Duration ahead, boolean iptables) {}
