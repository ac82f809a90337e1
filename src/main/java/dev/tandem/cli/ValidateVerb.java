package dev.tandem.cli;

import dev.tandem.docker.Docker;
import dev.tandem.model.Site;
import dev.tandem.prepare.Images;
import dev.tandem.prepare.Preparation;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.render.Setting;
import java.util.Optional;
import java.util.function.Function;

/// `tandem validate`: checks that the site file is correct, and that HAProxy, Keepalived and Nginx
/// accept the resulting configuration. Says which of the two could be checked.
public final class ValidateVerb extends SiteVerb<ValidateVerb.Asked> {
    private final Console console;
    private final Docker docker;
    private final Images images;
    private final Preparation preparation;

    /// The options.
    ///
    /// @param json whether the answer is for a program
    public record Asked(boolean json) {}

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
    public Function<Given, Asked> options(Options options) {
        Option<Boolean> json = Json.option(options);
        return given -> new Asked(json.in(given));
    }

    @Override
    boolean needsState(Asked asked) {
        return false;
    }

    @Override
    ExitCode wrong(Asked asked, SiteFile file, WrongSite wrong) {
        if (!asked.json()) {
            throw wrong;
        }
        console.answer(ValidateJson.wrong(file.name(), wrong.bad().problems()));
        return ExitCode.SITE_FILE;
    }

    @Override
    ExitCode run(Asked asked, GivenSite given) {
        Optional<String> obstacle = obstacle(given.place().directory());
        boolean judged = obstacle.isEmpty();
        if (judged) {
            preparation.judge(given.place());
        }
        Site site = given.site();
        String name = given.file().name();
        if (asked.json()) {
            console.answer(
                    judged ? ValidateJson.accepted(name, site) : ValidateJson.unjudged(name, site));
        } else {
            show(name, site, obstacle);
        }
        return ExitCode.OK;
    }

    private void show(String name, Site site, Optional<String> obstacle) {
        if (obstacle.isEmpty()) {
            console.answer(
                    name
                            + " is valid; HAProxy, Keepalived and Nginx accept the configuration"
                            + " made from it.");
        } else {
            console.answer(name + " is valid.");
            console.remark(
                    "HAProxy, Keepalived and Nginx did not check it: " + obstacle.get() + ".");
        }
        MachinesText.of(site).ifPresent(console::answer);
        TimesText.of(site).forEach(console::answer);
        Warnings.of(site).forEach(line -> console.remark(name + ": warning: " + line));
    }

    /// Why the real programs cannot be asked; empty when they can.
    private Optional<String> obstacle(SiteDirectory directory) {
        if (docker.engineVersion().isEmpty()) {
            return Optional.of("no Docker engine answers (tandem up installs one)");
        }
        Setting.Images judges = images.of(directory);
        boolean built = docker.hasImage(judges.balancer()) && docker.hasImage(judges.web());
        return built
                ? Optional.empty()
                : Optional.of("their images are not built yet (tandem up builds them)");
    }
}
