package dev.tandem.cli;

/// How something is: what a terminal shows in a colour, beside the word that says so.
///
/// Each colour is one of the fixed 256, halfway between black and white: it can be read on a dark
/// background and on a light one, whatever a user has made of the first sixteen.
enum Tone {
    /// As it should be.
    WELL(28),
    /// It may become ill, or nobody knows.
    RISK(130),
    /// It does not serve.
    ILL(196);

    private final int colour;

    Tone(int colour) {
        this.colour = colour;
    }

    /// Its number in the palette of 256 colours.
    int colour() {
        return colour;
    }
}
