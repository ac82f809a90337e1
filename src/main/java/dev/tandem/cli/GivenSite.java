package dev.tandem.cli;

import dev.tandem.change.state.SavedState;
import dev.tandem.change.state.SavedStates;
import dev.tandem.change.state.StateFormat;
import dev.tandem.file.Reading;
import dev.tandem.model.Site;
import dev.tandem.model.Stop;
import dev.tandem.prepare.SiteDirectory;
import dev.tandem.prepare.SitePlace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The site that a command line concerns, read once.
///
/// @param file the file that it was read from
/// @param text the content of the file
/// @param place the site, in its usual place
record GivenSite(SiteFile file, String text, SitePlace place) {
    /// Reads it.
    ///
    /// @throws WrongSite when the file has problems
    /// @throws dev.tandem.model.Stop when there is no such file
    static GivenSite of(SiteFile file) {
        byte[] content = file.content();
        return switch (file.read(content)) {
            case Reading.Good(Site site) ->
                    new GivenSite(
                            file,
                            new String(content, StandardCharsets.UTF_8),
                            SitePlace.beside(file.base(), site));
            case Reading.Bad bad -> throw new WrongSite(bad);
        };
    }

    /// Reads it, for a verb that also needs the state in its directory.
    ///
    /// @throws WrongSite when the file has problems
    /// @throws dev.tandem.model.Stop when there is no such file, when the site is another user's,
    ///   or when a newer Tandem wrote that directory
    static GivenSite withState(SiteFile file) {
        GivenSite site = of(file);
        Owner.me().require(file.base());
        StateFormat.refuseNewer(site.place().directory());
        return site;
    }

    /// The same for a verb that must work in an incident: when the file is wrong or gone, the site
    /// is taken as it was last applied, and a line says so.
    ///
    /// @throws WrongSite when the file has problems and no site was applied from here
    /// @throws dev.tandem.model.Stop when there is no such file, and the same
    static GivenSite orApplied(SiteFile file, Console console) {
        try {
            return withState(file);
        } catch (WrongSite e) {
            return applied(file, console, file.name() + " has problems").orElseThrow(() -> e);
        } catch (Stop e) {
            if (e.kind() != Stop.Kind.SITE_FILE) {
                throw e;
            }
            return applied(file, console, String.valueOf(e.getMessage())).orElseThrow(() -> e);
        }
    }

    private static Optional<GivenSite> applied(SiteFile file, Console console, String why) {
        Owner.me().require(file.base());
        Optional<SavedState> state = AppliedSite.beside(file);
        state.map(SavedState::directory).ifPresent(StateFormat::refuseNewer);
        Optional<GivenSite> given =
                state.flatMap(saved ->
                        site(file.readApplied(saved.siteFile(), saved.placed()))
                                .map(site ->
                                        new GivenSite(
                                                file,
                                                saved.siteFile(),
                                                SitePlace.beside(file.base(), site))));
        given.ifPresent(site ->
                console.remark(
                        "%s; site %s is taken as it was last applied. To see what is wrong: %s"
                                .formatted(why, site.site().name(), file.command("validate"))));
        return given;
    }

    /// Its saved states. An old site file that is no longer understood counts as missing.
    SavedStates states() {
        return new SavedStates(
                place.directory(),
                (earlier, placed) -> site(file.read(earlier, placed)),
                (earlier, placed) -> site(file.readApplied(earlier, placed)));
    }

    private static Optional<Site> site(Reading reading) {
        return switch (reading) {
            case Reading.Good(Site site) -> Optional.of(site);
            case Reading.Bad _ -> Optional.empty();
        };
    }

    /// The site as it was brought up, which verbs for its nodes act on; if it never was, the site
    /// in the file.
    Site applied() {
        return states().applied().orElse(site());
    }

    /// The site in a directory other than its own.
    SitePlace elsewhere(Path directory) {
        return new SitePlace(
                place.site(), place.base(), new SiteDirectory(directory.toAbsolutePath()));
    }

    /// What its file asks for.
    Site site() {
        return place.site();
    }
}
