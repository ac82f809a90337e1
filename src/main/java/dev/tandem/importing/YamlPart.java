package dev.tandem.importing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A key of the site file that is written, with what is below it. It knows the lines that it comes
/// from, so that a value which the site file refuses is listed with them.
final class YamlPart {
    private final String key;
    private final Form form;
    private final String value;
    private final List<YamlPart> children = new ArrayList<>();
    private final Set<SourcePlace> origins = new TreeSet<>();
    private String remark = "";

    /// How it is written.
    enum Form {
        /// `key: value`.
        VALUE,
        /// `key:`, and its children below it.
        MAP,
        /// `- {key: value}` in one line.
        ITEM,
        /// `key: |`, and its children as lines.
        BLOCK,
        /// A line in a block.
        TEXT
    }

    YamlPart(String key, Form form, String value) {
        this.key = key;
        this.form = form;
        this.value = value;
    }

    static YamlPart root() {
        return new YamlPart("", Form.MAP, "");
    }

    String key() {
        return key;
    }

    Form form() {
        return form;
    }

    String value() {
        return value;
    }

    List<YamlPart> children() {
        return List.copyOf(children);
    }

    String remark() {
        return remark;
    }

    /// Where it and all below it come from.
    Set<SourcePlace> origins() {
        Set<SourcePlace> all = new TreeSet<>(origins);
        children.forEach(child -> all.addAll(child.origins()));
        return all;
    }

    /// A comment behind it.
    YamlPart remark(String text) {
        remark = text;
        return this;
    }

    YamlPart from(Line... lines) {
        for (Line line : lines) {
            origins.add(line.at());
        }
        return this;
    }

    YamlPart from(List<Line> lines) {
        lines.forEach(line -> origins.add(line.at()));
        return this;
    }

    Optional<YamlPart> child(String name) {
        return children.stream().filter(one -> one.key.equals(name)).findFirst();
    }

    /// The map of this key, made if there is none.
    YamlPart map(String name) {
        return child(name).orElseGet(() -> add(new YamlPart(name, Form.MAP, "")));
    }

    /// Sets a value, given as it is to be written. The first one counts.
    YamlPart set(String name, String written) {
        return child(name).orElseGet(() -> add(new YamlPart(name, Form.VALUE, written)));
    }

    YamlPart text(String name, String text) {
        return set(name, Yaml.text(text));
    }

    YamlPart number(String name, int number) {
        return set(name, Integer.toString(number));
    }

    /// One of a list.
    YamlPart item() {
        return add(new YamlPart("", Form.ITEM, ""));
    }

    /// The block of this key, made if there is none.
    YamlPart block(String name) {
        return child(name).orElseGet(() -> add(new YamlPart(name, Form.BLOCK, "")));
    }

    YamlPart line(String text) {
        return add(new YamlPart("", Form.TEXT, text));
    }

    YamlPart add(YamlPart child) {
        children.add(child);
        return child;
    }

    /// With its children in another order.
    YamlPart sorted(List<String> order) {
        children.sort(Comparator.comparingInt(child -> order.indexOf(child.key)));
        return this;
    }

    void remove(YamlPart child) {
        children.remove(child);
    }

    boolean isEmpty() {
        return children.isEmpty();
    }
}
