package dev.tandem.cli;

import dev.tandem.deploy.Deployment;
import dev.tandem.deploy.Images;
import dev.tandem.deploy.SiteDirectory;
import dev.tandem.deploy.Target;
import dev.tandem.docker.Docker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import picocli.CommandLine.ParseResult;

/// `tandem validate`: is the site file right, and do HAProxy, Keepalived and Nginx accept what
/// comes of it? Says which of the two could be asked.
public final class ValidateVerb implements Verb {
    private final Console console;
    private final Docker docker;
    private final Images images;
    private final Deployment deployment;

    public ValidateVerb(Console console, Docker docker, Images images, Deployment deployment) {
        this.console = console;
        this.docker = docker;
        this.images = images;
        this.deployment = deployment;
    }

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public String summary() {
        return "Checks the site file, and with the real programs what is made of it.";
    }

    @Override
    public ExitCode run(ParseResult arguments) {
        Target target = SiteLoader.load(arguments);
        String name = SiteLoader.name(arguments);
        if (!imagesThere()) {
            console.answer(name + " is valid.");
            console.remark(
                    "HAProxy, Keepalived and Nginx were not asked: their images are not built yet"
                            + " (tandem up builds them).");
            return ExitCode.OK;
        }
        Path scratch = scratch();
        try {
            deployment.judge(new Target(target.site(), target.base(), new SiteDirectory(scratch)));
        } finally {
            delete(scratch);
        }
        console.answer(name + " is valid; HAProxy, Keepalived and Nginx accept what comes of it.");
        return ExitCode.OK;
    }

    private boolean imagesThere() {
        return docker.engineVersion().isPresent()
                && docker.hasImage(images.wanted().balancer())
                && docker.hasImage(images.wanted().web());
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("tandem-validate");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try {
            Files.walkFileTree(
                    directory,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.delete(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path visited, @org.jspecify.annotations.Nullable IOException e)
                                throws IOException {
                            Files.delete(visited);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
