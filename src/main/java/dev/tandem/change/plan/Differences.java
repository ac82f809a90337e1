package dev.tandem.change.plan;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How two models differ, key by key: `backend.check: / → /health`. Pure.
///
/// A model is made of records, so it walks along their components; these are called as the keys of
/// the site file are. Lists of named things are compared by name.
public final class Differences {
    private final List<String> found = new ArrayList<>();

    private Differences() {}

    /// A line for each key that differs, in the order of the records.
    public static List<String> between(Object before, Object after) {
        Differences differences = new Differences();
        differences.compare("", before, after);
        return List.copyOf(differences.found);
    }

    private void compare(String path, @Nullable Object before, @Nullable Object after) {
        Object one = bare(before);
        Object other = bare(after);
        if (java.util.Objects.equals(one, other)) {
            return;
        }
        if (one instanceof Record && other instanceof Record && sameShape(one, other)) {
            for (RecordComponent component : one.getClass().getRecordComponents()) {
                String key = (path.isEmpty() ? "" : path + ".") + snake(component.getName());
                compare(key, value(component, one), value(component, other));
            }
        } else if (one instanceof List<?> a && other instanceof List<?> b && named(a) && named(b)) {
            compareNamed(path, byName(a), byName(b));
        } else {
            found.add(path + ": " + text(one) + " → " + text(other));
        }
    }

    private void compareNamed(String path, Map<String, Object> before, Map<String, Object> after) {
        before.forEach((name, one) -> {
            if (after.containsKey(name)) {
                compare(path + "." + name, one, after.get(name));
            } else {
                found.add(path + "." + name + ": removed");
            }
        });
        after.keySet().stream()
                .filter(name -> !before.containsKey(name))
                .forEach(name -> found.add(path + "." + name + ": added"));
        List<String> kept = before.keySet().stream().filter(after::containsKey).toList();
        if (!kept.equals(after.keySet().stream().filter(before::containsKey).toList())) {
            found.add(path + ": in another order");
        }
    }

    private static @Nullable Object bare(@Nullable Object value) {
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    /// An address or a subnet is a record too, but one that a reader knows as a text.
    private static boolean sameShape(Object one, Object other) {
        return one.getClass() == other.getClass()
                && one.toString().startsWith(one.getClass().getSimpleName() + "[");
    }

    private static boolean named(List<?> list) {
        return list.stream().allMatch(item -> item instanceof Record && nameOf(item) != null);
    }

    private static Map<String, Object> byName(List<?> list) {
        Map<String, Object> map = new LinkedHashMap<>();
        list.forEach(item -> map.put(String.valueOf(nameOf(item)), item));
        return map;
    }

    private static @Nullable Object nameOf(Object item) {
        for (RecordComponent component : item.getClass().getRecordComponents()) {
            if (component.getName().equals("name")) {
                return value(component, item);
            }
        }
        return null;
    }

    private static @Nullable Object value(RecordComponent component, Object of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a record's own component: " + component, e);
        }
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case Duration time -> seconds(time);
            case Enum<?> word -> snake(word.name().toLowerCase(java.util.Locale.ROOT));
            case List<?> list ->
                    list.stream()
                            .map(Differences::text)
                            .collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
    }

    /// `routerId` as the site file writes it: `router_id`.
    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    }
}
