package dev.tandem.file;

import dev.tandem.file.yaml.FileKind;
import dev.tandem.file.yaml.Key;
import java.util.List;
import java.util.stream.Stream;

/// Every key of the site file: {@link FrontKeys}, {@link WebKeys}, {@link AcmeKeys}, {@link
/// AccessKeys}, {@link PoolKeys}, {@link DoorKeys}, {@link ServiceKeys}, {@link TimeKeys}, {@link LimitKeys}.
///
/// Each key is defined once, with its text. The binders take names, defaults and limits from here,
/// a key that is not here is unknown, and `docs/reference/tandem.yaml.md` and `tandem.schema.json`
/// are printed from it. So they cannot contradict each other.
public final class Keys {
    /// `tandem.yaml`: a site that Tandem builds.
    static final FileKind FILE =
            new FileKind(
                    "site",
                    "it needs at least vip with its address, balancers and servers",
                    "begin with 'vip:' on a line of its own",
                    Stream.of(
                                    FrontKeys.TABLE,
                                    WebKeys.TABLE,
                                    AcmeKeys.TABLE,
                                    AccessKeys.TABLE,
                                    PoolKeys.TABLE,
                                    DoorKeys.TABLE,
                                    ServiceKeys.TABLE,
                                    TimeKeys.TABLE,
                                    LimitKeys.TABLE)
                            .flatMap(table -> table.keys().stream())
                            .toList(),
                    PoolKeys.ALIKE);

    private Keys() {}

    /// All keys, in the order of the reference.
    public static List<Key> all() {
        return FILE.keys();
    }
}
