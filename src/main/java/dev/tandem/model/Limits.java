package dev.tandem.model;

/// What no part of the site may take from the others. The defaults are far above what a site needs:
/// who reaches one is broken or attacked.
///
/// @param balancer of each balancer's container
/// @param web of the container of each of the site's own web servers
/// @param perClient what a single client may take of each balancer
/// @param logs how much of what each container prints is kept
public record Limits(OfContainer balancer, OfContainer web, ClientLimits perClient, Size logs) {
    private static final Size USUAL_LOGS = new Size(60);

    private static final int BALANCER_GIGABYTES = 8;
    private static final int WEB_GIGABYTES = 4;

    /// The limits where the file sets none.
    public static final Limits DEFAULT = usual(Listen.USUAL_HEADER_SIZE);

    /// The limits where the file sets none: a request may hold buffers as large as its headers may
    /// be.
    ///
    /// @param headerSize as of {@link Listen}
    public static Limits usual(int headerSize) {
        int times = Math.ceilDiv(headerSize, Listen.USUAL_HEADER_SIZE);
        return new Limits(
                OfContainer.usual(Size.ofGigabytes(BALANCER_GIGABYTES * times)),
                OfContainer.usual(Size.ofGigabytes(WEB_GIGABYTES * times)),
                ClientLimits.NONE,
                USUAL_LOGS);
    }

    /// The limits of a container.
    ///
    /// @param memory all that its processes and its files in memory take
    /// @param pids processes and threads at a time
    /// @param tmpfs each of the places where it may write, which are in memory
    public record OfContainer(Size memory, int pids, Size tmpfs) {
        private static final int PIDS = 10_000;
        private static final int TMPFS_MEGABYTES = 16;

        private static OfContainer usual(Size memory) {
            return new OfContainer(memory, PIDS, new Size(TMPFS_MEGABYTES));
        }
    }
}
