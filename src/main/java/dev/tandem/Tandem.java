package dev.tandem;

/// Starts Tandem: wires the objects by hand and hands over to the command line.
public final class Tandem {
    private Tandem() {}

    /// The program.
    public static void main(String[] arguments) {
        System.out.println(arguments.length);
    }
}
