package dev.tandem.cli;

import dev.tandem.acme.RenewalTimer;
import dev.tandem.acme.TimerFiles;
import dev.tandem.model.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `tandem certificate timer`: has this machine ask every hour whether a certificate is due.
///
/// @param home Tandem's own directory
record TimerCall(Console console, RenewalTimer timer, Path home) {
    ExitCode install(GivenSite site) {
        List<Path> files = timer.install(call(site));
        files.forEach(file -> console.remark("wrote " + file));
        console.answer(
                "Every hour this machine asks whether a certificate of site %s is due."
                        .formatted(site.site().name()));
        return ExitCode.OK;
    }

    ExitCode remove(GivenSite site) {
        List<Path> files = timer.remove(call(site));
        files.forEach(file -> console.remark("removed " + file));
        console.answer(
                files.isEmpty()
                        ? "Nothing to do: there is no timer."
                        : "Nothing renews the certificate of site %s by itself any more."
                                .formatted(site.site().name()));
        return ExitCode.OK;
    }

    /// It runs as who owns the site, whoever installs it: nobody else may change it.
    private TimerFiles.Call call(GivenSite site) {
        Path file = site.file().path().normalize();
        Path state = site.place().directory().root();
        try {
            String owner =
                    Files.getOwner(Files.exists(state) ? state : site.place().base()).getName();
            return new TimerFiles.Call(
                    site.site().name(),
                    owner,
                    home.resolve("tandem").normalize().toString(),
                    file.toString());
        } catch (IOException e) {
            throw new IllegalStateException("the directory of the site was just read", e);
        } catch (IllegalArgumentException e) {
            throw new Stop(
                    Stop.Kind.REFUSED,
                    "a timer takes no path with spaces or quotes",
                    String.valueOf(e.getMessage()),
                    "nothing was installed",
                    "have something call every hour: tandem certificate renew --file FILE");
        }
    }
}
