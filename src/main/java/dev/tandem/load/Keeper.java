package dev.tandem.load;

/// Keeps a connection between its requests.
interface Keeper {
    /// The request is over and the connection can carry another.
    void free(Connection connection);

    /// The connection is gone.
    ///
    /// @param how CUT_SHORT if the peer closed it cleanly, RESET if it did not; meaningless if it
    ///   was carrying a request, which has its own outcome
    void gone(Connection connection, Outcome how);

    /// Keeps no connection.
    Keeper NOBODY =
            new Keeper() {
                @Override
                public void free(Connection connection) {
                    throw new IllegalStateException("nobody keeps this connection");
                }

                @Override
                public void gone(Connection connection, Outcome how) {
                    // Nothing to do.
                }
            };
}
