/// From the text of `tandem.yaml` to a {@link dev.tandem.model.Site}, or to all of its problems at
/// once.
///
/// The steps: {@link FileText} turns bytes into a {@link Source}, {@link TreeReader} turns that
/// into a {@link YamlNode} tree with positions, {@link SiteBinder} and one binder per section turn
/// the tree into a {@link Draft}, {@link AddressChecks} and {@link NameChecks} check what must fit
/// together, {@link AddressFiller} gives an address to every node that has none, and the draft
/// becomes the site. A pair file takes the same steps, with {@link PairBinder} instead. Each step
/// reports to {@link Problems} and goes on, so that one run shows everything that has to be
/// changed.
///
/// Nothing here touches the disk, the network or the clock: everything outside the file comes
/// through {@link Surroundings}. So the same file always gives the same result, and a test can try
/// any input.
@NullMarked
package dev.tandem.file;

import dev.tandem.file.yaml.FileText;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Source;
import dev.tandem.file.yaml.TreeReader;
import dev.tandem.file.yaml.YamlNode;
import org.jspecify.annotations.NullMarked;
