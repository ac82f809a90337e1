package dev.tandem.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// The same site file with its keys in another order, without comments. Only the names below
/// `balancers`, `servers`, `services` and `by_name` stay where they are: their order matters.
final class ShuffledKeys {
    private static final Set<String> ORDERED =
            Set.of("balancers", "pools", "servers", "services", "by_name");

    private ShuffledKeys() {}

    static String of(String yaml, long seed) {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        DumpSettings block = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return new Dump(block).dumpToString(shuffled("", tree, new Random(seed)));
    }

    private static Object shuffled(String name, Object value, Random random) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
        if (!ORDERED.contains(name)) {
            Collections.shuffle(entries, random);
        }
        Map<Object, Object> mixed = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : entries) {
            String key = String.valueOf(entry.getKey());
            mixed.put(key, shuffled(key, entry.getValue(), random));
        }
        return mixed;
    }
}
