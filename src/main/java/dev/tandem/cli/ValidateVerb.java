package dev.tandem.cli;

import dev.tandem.docker.Docker;
import dev.tandem.drill.BudgetWarnings;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SitePlace;
import java.util.Optional;
import java.util.function.Function;

/// `tandem validate`: checks that the site file is correct, and that HAProxy, Keepalived and Nginx
/// accept the resulting configuration. Says which of the two could be checked.
public final class ValidateVerb extends SiteVerb<NoOptions> {
    private final Console console;
    private final Docker docker;
    private final Images images;
    private final Preparation preparation;

    public ValidateVerb(Console console, Docker docker, Images images, Preparation preparation) {
        this.console = console;
        this.docker = docker;
        this.images = images;
        this.preparation = preparation;
    }

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public String summary() {
        return "Checks the site file, and the configuration made from it, with the real programs.";
    }

    @Override
    public Function<Given, NoOptions> options(Options options) {
        return NoOptions.READING;
    }

    @Override
    boolean needsState(NoOptions asked) {
        return false;
    }

    @Override
    ExitCode run(NoOptions asked, GivenSite given) {
        SitePlace target = given.place();
        String name = given.file().name();
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            console.answer(name + " is valid.");
            console.remark(
                    "HAProxy, Keepalived and Nginx did not check it: " + obstacle.get() + ".");
            warn(target, name);
            return ExitCode.OK;
        }
        preparation.judge(target);
        console.answer(
                name
                        + " is valid; HAProxy, Keepalived and Nginx accept the configuration made"
                        + " from it.");
        warn(target, name);
        return ExitCode.OK;
    }

    private void warn(SitePlace target, String name) {
        TimesText.of(target.site()).forEach(console::answer);
        BudgetWarnings.of(target.site())
                .forEach(line -> console.remark(name + ": warning: " + line));
    }

    /// Why the real programs cannot be asked; empty when they can.
    private Optional<String> obstacle() {
        if (docker.engineVersion().isEmpty()) {
            return Optional.of("no Docker engine answers (tandem up installs one)");
        }
        boolean built =
                docker.hasImage(images.wanted().balancer())
                        && docker.hasImage(images.wanted().web());
        return built
                ? Optional.empty()
                : Optional.of("their images are not built yet (tandem up builds them)");
    }
}
