package dev.tandem.load;

/// What a {@link ScriptedServer} does with a request that it has read.
enum Act {
    /// Answers rightly.
    ANSWER,
    /// Answers rightly, in chunks.
    ANSWER_IN_CHUNKS,
    /// Answers rightly, with a body that ends with the connection.
    ANSWER_TO_THE_END,
    /// Answers with the request's id.
    ECHO,
    /// Answers 503.
    ERROR,
    /// Answers with as many other bytes.
    OTHER_BODY,
    /// Answers with more bytes than it promised.
    SURPLUS,
    /// Answers with fewer bytes than it promised, and closes.
    CUT_SHORT,
    /// Closes without an answer.
    CLOSE,
    /// Resets without an answer.
    RESET,
    /// Resets in the middle of the body.
    RESET_IN_BODY,
    /// Answers what is not HTTP.
    NOT_HTTP,
    /// Never answers.
    HANG,
    /// Answers rightly, and closes a moment later without having announced it.
    ANSWER_AND_CLOSE_LATER,
    /// Answers rightly, and resets a moment later.
    ANSWER_AND_RESET_LATER
}
