package dev.tandem.drill.predict;

import java.util.Optional;

/// What a fault should cost, from the site file alone. It is printed beside the measurement: if the
/// two differ, either the site does not do what it was built for, or its behaviour is not
/// understood.
///
/// @param fault the fault's name
/// @param answered how long until every new request is answered again
/// @param moved how long until another balancer holds the VIP; empty if it should stay
public record Prediction(String fault, Estimate answered, Optional<Estimate> moved) {
    public static Prediction stays(String fault, Estimate answered) {
        return new Prediction(fault, answered, Optional.empty());
    }

    public static Prediction moves(String fault, Estimate answered, Estimate moved) {
        return new Prediction(fault, answered, Optional.of(moved));
    }

    /// The same time for both: requests are answered as soon as the VIP has moved.
    public static Prediction moves(String fault, Estimate both) {
        return moves(fault, both, both);
    }
}
