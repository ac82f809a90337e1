package dev.tandem.load;

/// What a {@link ScriptedServer} does with a request it has read.
enum Act {
    /// Answers correctly.
    ANSWER,
    /// Answers correctly, and gives a cookie: `SRV=` with the request's id.
    GIVE_COOKIE,
    /// Answers correctly, in chunks.
    ANSWER_IN_CHUNKS,
    /// Answers correctly, with a body that ends with the connection.
    ANSWER_TO_THE_END,
    /// Answers with the request's id.
    ECHO,
    /// Answers 503.
    ERROR,
    /// Answers with the same number of other bytes.
    OTHER_BODY,
    /// Answers with more bytes than announced.
    SURPLUS,
    /// Answers with fewer bytes than announced, and closes.
    CUT_SHORT,
    /// Closes without an answer.
    CLOSE,
    /// Resets without an answer.
    RESET,
    /// Resets in the middle of the body.
    RESET_IN_BODY,
    /// Answers with something other than HTTP.
    NOT_HTTP,
    /// Never answers.
    HANG,
    /// Answers correctly, and closes a moment later without having announced it.
    ANSWER_AND_CLOSE_LATER,
    /// Answers correctly, and resets a moment later.
    ANSWER_AND_RESET_LATER
}
