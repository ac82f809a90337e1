package dev.tandem.cli;

import dev.tandem.deploy.Deployment;
import dev.tandem.deploy.Target;
import dev.tandem.model.Stop;
import dev.tandem.observe.Observer;
import dev.tandem.observe.Snapshot;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `tandem rehearse`, hidden: does what `status` does and throws the result away. The launcher runs
/// it once after a build and has Java record which classes that takes (an "AOT cache"), so that a
/// real `status` finds them ready. It changes nothing, and needs neither an engine nor a site.
public final class RehearseVerb implements Verb {
    private final Deployment deployment;
    private final Observer observer;

    public RehearseVerb(Deployment deployment, Observer observer) {
        this.deployment = deployment;
        this.observer = observer;
    }

    @Override
    public String name() {
        return "rehearse";
    }

    @Override
    public String summary() {
        return "Warms the launcher's cache.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage().hidden(true);
    }

    @Override
    public ExitCode run(ParseResult arguments) {
        Target target = SiteLoader.load(arguments);
        deployment.rehearse(target);
        Status status = Status.judge(deployment, target, look(target));
        int characters = StatusText.of(status).length() + StatusJson.of(status).length();
        return characters > 0 ? ExitCode.OK : ExitCode.NO;
    }

    private Snapshot look(Target target) {
        try {
            return observer.lookAtAll(target.site());
        } catch (Stop e) {
            // No engine yet: the first build may come before it.
            return new Snapshot(Map.of(), Map.of());
        }
    }
}
