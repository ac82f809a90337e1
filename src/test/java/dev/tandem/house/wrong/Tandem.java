package dev.tandem.house.wrong;

/// Breaks no rule: the root wires everything, chooses the engine, and may print.
public final class Tandem {
    private Tandem() {}

    /// Prints, and uses a package.
    public static void main(String[] arguments) {
        System.out.println(new dev.tandem.house.wrong.docker.Processes().getClass());
        System.out.println(dev.tandem.house.wrong.render.Wrong.Anything.class);
    }
}
