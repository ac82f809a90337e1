package dev.tandem.load;

/// Who keeps a connection between its requests.
interface Keeper {
    /// The request is over and the connection can carry another.
    void free(Connection connection);

    /// The connection is no more.
    ///
    /// @param how CUT_SHORT when the peer closed it in order, RESET when it did not; of no meaning
    ///   when a request was on it, which has its own outcome
    void gone(Connection connection, Outcome how);

    /// Keeps none.
    Keeper NOBODY =
            new Keeper() {
                @Override
                public void free(Connection connection) {
                    throw new IllegalStateException("nobody keeps this connection");
                }

                @Override
                public void gone(Connection connection, Outcome how) {
                    // Nobody misses it.
                }
            };
}
