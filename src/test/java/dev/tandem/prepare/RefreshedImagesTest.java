package dev.tandem.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.docker.Command;
import dev.tandem.docker.Docker;
import dev.tandem.render.Setting;
import dev.tandem.text.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which image a site runs, when some were rebuilt. Nothing is built here.
class RefreshedImagesTest {
    private static final String OLD = "nginx 1\nlibc6 1\n";
    private static final String NEW = "nginx 2\nlibc6 1\n";

    @TempDir private Path home;

    private final PackageEngine engine = new PackageEngine();
    private final List<String> said = new ArrayList<>();
    private final Progress progress = new Done();

    /// What is done is kept.
    private final class Done implements Progress {
        @Override
        public void begin(String what) {}

        @Override
        public void detail(String line) {}

        @Override
        public void done(String what) {
            said.add(what);
        }
    }

    private Images images() {
        return new Images(new Docker(engine), engine, home);
    }

    private SiteDirectory site() {
        return new SiteDirectory(home.resolve("site"));
    }

    @BeforeEach
    void aSiteThatIsUp() throws IOException {
        for (String role : List.of("balancer", "web")) {
            Path context = Files.createDirectories(home.resolve("images").resolve(role));
            Files.writeString(context.resolve("Dockerfile"), "FROM tandem/base:trixie\n");
        }
        engine.today = OLD;
        ImageNote.write(site(), images().ensure(site(), progress));
        said.clear();
    }

    @Test
    void newerPackagesGiveAnImageOfItsOwnAndTheOldOneStays() {
        Setting.Images before = images().of(site());
        engine.today = NEW;
        Setting.Images after = images().refresh(site(), progress);
        assertThat(after.web()).startsWith(before.web() + "-").isNotEqualTo(before.web());
        assertThat(engine.images)
                .containsEntry(before.web(), OLD)
                .containsEntry(after.web(), NEW)
                .containsEntry("tandem/base:trixie", NEW)
                .hasSize(5);
        assertThat(engine.commands(home.resolve("setup/base-image").toString()).getLast())
                .endsWith(" --fresh");
        assertThat(engine.commands("docker build --no-cache")).hasSize(2);
        assertThat(said).contains("image " + after.web() + " made, 1 package changed: nginx 1 → 2");
    }

    @Test
    void theSamePackagesReplaceNothing() {
        Setting.Images before = images().of(site());
        assertThat(images().refresh(site(), progress)).isEqualTo(before);
        assertThat(engine.images).hasSize(3);
        assertThat(said).anyMatch(line -> line.endsWith("is up to date: no package has changed"));
    }

    @Test
    void aSiteKeepsWhatItRunsUntilItIsRefreshedItself() {
        engine.today = NEW;
        SiteDirectory other = new SiteDirectory(home.resolve("other"));
        ImageNote.write(other, images().refresh(other, progress));
        assertThat(images().of(site())).isEqualTo(images().wanted());
        assertThat(images().ensure(site(), progress)).isEqualTo(images().wanted());
        assertThat(images().of(other).web()).startsWith(images().wanted().web() + "-");
    }

    @Test
    void aSiteThatIsNewGetsTheNewestThereIs() {
        engine.today = NEW;
        Setting.Images fresh = images().refresh(site(), progress);
        SiteDirectory other = new SiteDirectory(home.resolve("other"));
        assertThat(images().ensure(other, progress)).isEqualTo(fresh);
    }

    @Test
    void whatAKilledBuildLeftIsNoImageOfASite() {
        SiteDirectory other = new SiteDirectory(home.resolve("other"));
        engine.images.put(images().wanted().web() + "-new4711", NEW);
        assertThat(images().ensure(other, progress)).isEqualTo(images().wanted());
    }

    @Test
    void otherSourcesMakeANoteWorthless() throws IOException {
        Files.writeString(home.resolve("images/web/Dockerfile"), "FROM another\n");
        assertThat(images().of(site()).web()).isEqualTo(images().wanted().web());
    }

    @Test
    void anImageThatIsGoneIsMadeOfTodaysPackages() {
        engine.today = NEW;
        Setting.Images fresh = images().refresh(site(), progress);
        ImageNote.write(site(), fresh);
        engine.images.keySet().removeIf(name -> name.startsWith("tandem/web"));
        assertThat(images().ensure(site(), progress)).isEqualTo(fresh);
        assertThat(engine.images).containsKey(fresh.web());
    }

    /// A command line can be read by every user of the machine.
    @Test
    void aProxysPasswordIsOnNoCommandLine() {
        engine.aptOptions = "http_proxy=http://me:secret@proxy:3128\nAPT_OPTIONS=-o A=b\n";
        images().refresh(site(), progress);
        Command build =
                engine.asked.stream()
                        .filter(c -> c.toString().startsWith("docker build"))
                        .toList()
                        .getLast();
        assertThat(build.toString())
                .contains("--build-arg APT_OPTIONS --build-arg http_proxy --tag");
        assertThat(build.environment())
                .containsEntry("http_proxy", "http://me:secret@proxy:3128")
                .containsEntry("APT_OPTIONS", "-o A=b");
        assertThat(engine.asked).noneMatch(c -> c.toString().contains("secret"));
    }
}
