package dev.tandem.scenario;

import dev.tandem.docker.Output;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `tandem` on the LAN of a farm: a Java machine that stays there and is told one command line
/// after the other, without the second of a processor that a new one takes for each of them ({@link
/// CalledTandem}).
final class FarmTandem implements AutoCloseable {
    private final Process process;
    private final DataOutputStream asked;
    private final DataInputStream answered;

    private FarmTandem(Process process) {
        this.process = process;
        this.asked = new DataOutputStream(process.getOutputStream());
        this.answered = new DataInputStream(process.getInputStream());
    }

    /// Where a controller is that is none of the machines.
    static FarmTandem onTheLan(Farm farm) {
        List<String> argv = new ArrayList<>(farm.command("lan"));
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        argv.addAll(List.of("-Dtandem.home=" + Shell.HOME));
        argv.addAll(List.of("-cp", System.getProperty("java.class.path")));
        argv.add(FarmTandem.class.getName());
        try {
            ProcessBuilder start = new ProcessBuilder(argv);
            return new FarmTandem(start.redirectError(ProcessBuilder.Redirect.INHERIT).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a command line as if it was typed in a directory, without a terminal.
    ///
    /// @param arguments words between single spaces, no quoting
    synchronized Output run(Path directory, String arguments) {
        try {
            write(asked, directory.toString());
            write(asked, arguments);
            asked.flush();
            int exit = answered.readInt();
            return new Output(exit, read(answered), read(answered));
        } catch (IOException e) {
            throw new UncheckedIOException("no answer to: tandem " + arguments, e);
        }
    }

    private static void write(DataOutputStream stream, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        stream.writeInt(bytes.length);
        stream.write(bytes);
    }

    private static String read(DataInputStream stream) throws IOException {
        return new String(stream.readNBytes(stream.readInt()), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// In the other Java machine.
    public static void main(String[] none) throws IOException {
        var answers = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        System.setOut(System.err); // whoever prints does not disturb the answers
        var questions = new DataInputStream(System.in);
        while (true) {
            Path directory;
            try {
                directory = Path.of(read(questions));
            } catch (EOFException _) {
                System.exit(0);
                return;
            }
            Output output = CalledTandem.run(directory, read(questions).split(" ", -1));
            answers.writeInt(output.exit());
            write(answers, output.stdout());
            write(answers, output.stderr());
            answers.flush();
        }
    }
}
