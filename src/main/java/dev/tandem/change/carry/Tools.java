package dev.tandem.change.carry;

import dev.tandem.docker.Await;
import dev.tandem.docker.Unreachable;
import dev.tandem.observe.Observer;
import dev.tandem.text.Progress;
import java.time.Clock;
import java.util.List;

/// The tools of a change, to observe and to act.
///
/// @param place where it works
/// @param observer looks at the site
/// @param progress is told what is done
/// @param clock for what is written down
/// @param await how to wait
/// @param image the balancers' image, as wanted
public record Tools(
        Workplace place,
        Observer observer,
        Progress progress,
        Clock clock,
        Await await,
        String image) {
    /// The same without machines that have gone away meanwhile.
    Tools without(List<Unreachable> lost) {
        return new Tools(place.without(lost), observer, progress, clock, await, image);
    }
}
