package dev.tandem.change.plan;

import dev.tandem.model.Tls;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How two models differ, key by key. Pure.
///
/// A model consists of records, so the comparison walks their components, which are named like the
/// keys of the site file. Lists of named things are compared by name. So no key is left out,
/// whatever is added to the model. The keys that plans are decided by are in {@link Moves}.
public final class Differences {
    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    /// The keys that differ, in the order of the records.
    public static List<Difference> between(Object before, Object after) {
        Differences differences = new Differences();
        differences.compare(KeyPath.SITE, before, after);
        return List.copyOf(differences.found);
    }

    private void compare(KeyPath path, @Nullable Object before, @Nullable Object after) {
        Object one = bare(before);
        Object other = bare(after);
        if (Objects.equals(one, other)) {
            return;
        }
        Object shape = Objects.requireNonNull(one == null ? other : one);
        if (isSection(shape) && (one == null || other == null || sameShape(one, other))) {
            for (RecordComponent component : shape.getClass().getRecordComponents()) {
                compare(
                        inner(path, component),
                        one == null ? null : value(component, one),
                        other == null ? null : value(component, other));
            }
        } else if (one instanceof List<?> a && other instanceof List<?> b && named(a) && named(b)) {
            compareNamed(path, byName(a), byName(b));
        } else {
            found.add(
                    new Difference.Changed(
                            path, Optional.ofNullable(one), Optional.ofNullable(other)));
        }
    }

    private void compareNamed(KeyPath path, Map<String, Object> before, Map<String, Object> after) {
        before.forEach((name, one) -> {
            if (after.containsKey(name)) {
                compare(path.then(name), one, after.get(name));
            } else {
                found.add(new Difference.Removed(path.then(name)));
            }
        });
        after.keySet().stream()
                .filter(name -> !before.containsKey(name))
                .forEach(name -> found.add(new Difference.Added(path.then(name))));
        List<String> kept = before.keySet().stream().filter(after::containsKey).toList();
        if (!kept.equals(after.keySet().stream().filter(before::containsKey).toList())) {
            found.add(new Difference.Reordered(path));
        }
    }

    private static @Nullable Object bare(@Nullable Object value) {
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    /// An address or a subnet is a record too, but readers know it as text.
    private static boolean isSection(@Nullable Object value) {
        return value instanceof Record
                && value.toString().startsWith(value.getClass().getSimpleName() + "[");
    }

    private static boolean sameShape(Object one, Object other) {
        return one.getClass() == other.getClass();
    }

    /// The user's certificate and key are one thing in the model, and two keys of `tls` in the
    /// file.
    private static KeyPath inner(KeyPath path, RecordComponent component) {
        boolean isKey =
                component.getDeclaringRecord() != Tls.class
                        || !component.getName().equals("provided");
        return isKey ? path.then(snake(component.getName())) : path;
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

    /// `routerId` in the notation of the site file: `router_id`.
    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
