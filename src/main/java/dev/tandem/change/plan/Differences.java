package dev.tandem.change.plan;

import dev.tandem.model.GivenFile;
import dev.tandem.model.Route;
import dev.tandem.model.Server;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How two models differ, key by key. Pure.
///
/// A model consists of records, so the comparison walks their components, which are named like the
/// keys of the site file. Lists of named things are compared by name. So no key is left out,
/// whatever is added to the model. The keys that plans are decided by are in {@link Moves}.
public final class Differences {
    private final List<Undoable> found = new ArrayList<>();

    private Differences() {}

    /// A difference, and the later model as it would be without it.
    ///
    /// @param without makes that model; it may refuse, as models do that make no sense
    record Undoable(Difference difference, Supplier<Object> without) {}

    /// Makes the whole model with another value at one place.
    private interface Place {
        Object with(@Nullable Object value);
    }

    /// The keys that differ, in the order of the records.
    public static List<Difference> between(Object before, Object after) {
        return undoable(before, after).stream().map(Undoable::difference).toList();
    }

    /// The same, each with the model that lacks it.
    static List<Undoable> undoable(Object before, Object after) {
        Differences differences = new Differences();
        differences.compare(KeyPath.SITE, before, after, Objects::requireNonNull);
        return List.copyOf(differences.found);
    }

    private void compare(
            KeyPath path, @Nullable Object before, @Nullable Object after, Place place) {
        Object one = bare(before);
        Object other = bare(after);
        if (Objects.equals(one, other) || isSameKey(one, other)) {
            return;
        }
        Object shape = Objects.requireNonNull(one == null ? other : one);
        if (one instanceof Server.Existing a && other instanceof Server.Existing b) {
            compareExisting(path, a, b, place);
        } else if (isSection(shape) && (one == null || other == null || sameShape(one, other))) {
            for (RecordComponent component : shape.getClass().getRecordComponents()) {
                compare(
                        inner(path, component),
                        one == null ? null : value(component, one),
                        other == null ? null : value(component, other),
                        // Half of a section that came or went makes no sense.
                        one == null || other == null
                                ? _ -> place.with(before)
                                : value -> place.with(copy(other, component.getName(), value)));
            }
        } else if (one instanceof List<?> a && other instanceof List<?> b && named(a) && named(b)) {
            compareNamed(path, byName(a), byName(b), place);
        } else {
            found.add(new Undoable(changed(path, one, other), () -> place.with(before)));
        }
    }

    private static Difference changed(
            KeyPath path, @Nullable Object before, @Nullable Object after) {
        return path.isMachineOfNode()
                ? new Difference.Moved(
                        path,
                        Optional.ofNullable(before).map(Object::toString),
                        Optional.ofNullable(after).map(Object::toString))
                : new Difference.Changed(
                        path, Optional.ofNullable(before), Optional.ofNullable(after));
    }

    /// What are three values in the model is one key in the file.
    private void compareExisting(
            KeyPath path, Server.Existing before, Server.Existing after, Place place) {
        Server.Existing moved =
                new Server.Existing(
                        after.name(),
                        before.scheme(),
                        before.host(),
                        before.port(),
                        after.ca(),
                        after.tlsName(),
                        after.verify(),
                        after.replicas(),
                        after.share(),
                        after.proto());
        if (!moved.equals(after)) {
            Difference difference =
                    new Difference.Changed(
                            path.then("url"), Optional.of(before.url()), Optional.of(after.url()));
            found.add(new Undoable(difference, () -> place.with(moved)));
        }
        for (RecordComponent component : Server.Existing.class.getRecordComponents()) {
            if (!List.of("scheme", "host", "port").contains(component.getName())) {
                compare(
                        inner(path, component),
                        value(component, before),
                        value(component, after),
                        value -> place.with(copy(after, component.getName(), value)));
            }
        }
    }

    private void compareNamed(
            KeyPath path, Map<String, Object> before, Map<String, Object> after, Place place) {
        before.forEach((name, one) -> {
            if (after.containsKey(name)) {
                compare(
                        path.then(name),
                        one,
                        after.get(name),
                        value -> place.with(with(after, name, Objects.requireNonNull(value))));
            } else {
                found.add(
                        new Undoable(
                                new Difference.Removed(path.then(name)),
                                () -> place.with(with(after, name, one))));
            }
        });
        after.keySet().stream()
                .filter(name -> !before.containsKey(name))
                .forEach(name ->
                        found.add(
                                new Undoable(
                                        new Difference.Added(path.then(name)),
                                        () -> place.with(without(after, name)))));
        List<String> kept = before.keySet().stream().filter(after::containsKey).toList();
        if (!kept.equals(after.keySet().stream().filter(before::containsKey).toList())) {
            found.add(
                    new Undoable(
                            new Difference.Reordered(path),
                            () -> place.with(inOrderOf(before, after))));
        }
    }

    private static List<Object> with(Map<String, Object> all, String name, Object value) {
        Map<String, Object> map = new LinkedHashMap<>(all);
        map.put(name, value);
        return List.copyOf(map.values());
    }

    private static List<Object> without(Map<String, Object> all, String name) {
        Map<String, Object> map = new LinkedHashMap<>(all);
        map.remove(name);
        return List.copyOf(map.values());
    }

    private static List<Object> inOrderOf(Map<String, Object> order, Map<String, Object> all) {
        List<Object> list = new ArrayList<>();
        order.keySet().stream().filter(all::containsKey).map(all::get).forEach(list::add);
        all.forEach((name, one) -> {
            if (!order.containsKey(name)) {
                list.add(one);
            }
        });
        return list;
    }

    /// A record with another value of one component.
    private static Object copy(Object record, String name, @Nullable Object value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            boolean other = components[i].getName().equals(name);
            Object one = other ? value : value(components[i], record);
            values[i] =
                    types[i] == Optional.class && !(one instanceof Optional)
                            ? Optional.ofNullable(one)
                            : Objects.requireNonNull(one);
        }
        try {
            return record.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no such " + record.getClass().getSimpleName(), e);
        }
    }

    private static @Nullable Object bare(@Nullable Object value) {
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    /// Of a file that was applied before, only the name is known.
    private static boolean isSameKey(@Nullable Object one, @Nullable Object other) {
        return one instanceof GivenFile a
                && other instanceof GivenFile b
                && a.path().equals(b.path());
    }

    /// An address or a subnet is a record too, but readers know it as text.
    private static boolean isSection(@Nullable Object value) {
        return value instanceof Record
                && value.toString().startsWith(value.getClass().getSimpleName() + "[");
    }

    private static boolean sameShape(Object one, Object other) {
        return one.getClass() == other.getClass();
    }

    /// The key of a component. The user's certificate and key are one thing in the model, and two
    /// keys of `tls` in the file.
    private static KeyPath inner(KeyPath path, RecordComponent component) {
        String name = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
        return switch (name) {
            case "Tls.provided", "Listen.healthLogin", "Machine.reach", "Named.name" -> path;
            case "Named.files" -> path;
            case "Site.frontDoor", "Header.value", "ErrorPage.page", "Receiver.way" -> path;
            case "Site.routing", "NamedPool.settings", "Own.share", "Existing.share" -> path;
            case "TcpServer.share", "OfPool.lines" -> path;
            case "Route.action", "Route.admission", "Admission.access", "Tls.clients" -> path;
            case "ClientCertificates.authorities" -> path.then("clients");
            case "ClientCertificates.revoked" -> path.then("clients_crl");
            case "ClientCertificates.verify" -> path.then("clients_verify");
            case "HealthLogin.user" -> path.then("health_user");
            case "HealthLogin.password" -> path.then("health_password");
            case "Site.name" -> path.then("site");
            case "Site.tcpServices" -> path.then("services");
            case "FrontDoor.receivers" -> path.then("notify");
            case "Site.budget" -> path.then("drill").then("budget");
            case "Vip.returns" -> path.then("return");
            case "Vip.lanInterface", "Machine.lanInterface" -> path.then("interface");
            case "Backend.checkHost" -> path.then("check").then("host");
            case "Backend.checking" -> path.then("check");
            default -> path.then(snake(component.getName()));
        };
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
        if (item instanceof Route route) {
            return route.name();
        }
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
