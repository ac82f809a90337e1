/// From the text of `tandem.yaml` to a {@link dev.tandem.model.Site}, or to all of its problems at
/// once.
///
/// The way through: {@link FileText} turns bytes into a {@link Source}, {@link TreeReader} turns
/// that into a {@link YamlNode} tree with positions, {@link SiteBinder} and one binder per section
/// turn the tree into a {@link Draft}, {@link AddressChecks} and {@link NameChecks} look at what
/// must fit together, {@link AddressFiller} gives an address to every node that has none, and the
/// draft becomes the site. A pair file goes the same way, with {@link PairBinder} instead. Each
/// step reports what it finds to {@link Problems} and goes on, so that one run shows everything
/// that has to be changed.
///
/// Nothing here touches the disk, the network or the clock: what must be looked up comes through
/// {@link Surroundings}. That is why the same file always gives the same answer, and why any input
/// at all can be tried in a test.
@NullMarked
package dev.tandem.file;

import dev.tandem.file.yaml.FileText;
import dev.tandem.file.yaml.Problems;
import dev.tandem.file.yaml.Source;
import dev.tandem.file.yaml.TreeReader;
import dev.tandem.file.yaml.YamlNode;
import org.jspecify.annotations.NullMarked;
