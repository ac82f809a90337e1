package dev.tandem.load;

/// One request of the schedule.
///
/// @param number its place in the schedule, from 0
/// @param plan how to send it
/// @param nanos when to send it, from the run's zero
/// @param follows IDLE: the number of the request that opened the connection this one reuses;
///   {@link #NONE} for all others speaks again; {@link #NONE} for all others
record Planned(long number, ClassPlan plan, long nanos, long follows) {
    static final long NONE = -1;

    /// Whether it asks the server to keep the connection open.
    boolean keepsOpen() {
        return plan.kind().isKept() || (plan.kind() == RequestClass.IDLE && follows == NONE);
    }
}
