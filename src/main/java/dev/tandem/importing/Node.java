package dev.tandem.importing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A key of the site file that is written, with what is below it. It knows the lines that it comes
/// from, so that a value which the site file refuses is listed with them.
final class Node {
    private final String key;
    private final Form form;
    private final String value;
    private final List<Node> children = new ArrayList<>();
    private final Set<Place> origins = new TreeSet<>();
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

    Node(String key, Form form, String value) {
        this.key = key;
        this.form = form;
        this.value = value;
    }

    static Node root() {
        return new Node("", Form.MAP, "");
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

    List<Node> children() {
        return List.copyOf(children);
    }

    String remark() {
        return remark;
    }

    /// Where it and all below it come from.
    Set<Place> origins() {
        Set<Place> all = new TreeSet<>(origins);
        children.forEach(child -> all.addAll(child.origins()));
        return all;
    }

    /// A comment behind it.
    Node remark(String text) {
        remark = text;
        return this;
    }

    Node from(Line... lines) {
        for (Line line : lines) {
            origins.add(line.at());
        }
        return this;
    }

    Node from(List<Line> lines) {
        lines.forEach(line -> origins.add(line.at()));
        return this;
    }

    Optional<Node> child(String name) {
        return children.stream().filter(one -> one.key.equals(name)).findFirst();
    }

    /// The map of this key, made if there is none.
    Node map(String name) {
        return child(name).orElseGet(() -> add(new Node(name, Form.MAP, "")));
    }

    /// Sets a value, given as it is to be written. The first one counts.
    Node set(String name, String written) {
        return child(name).orElseGet(() -> add(new Node(name, Form.VALUE, written)));
    }

    Node text(String name, String text) {
        return set(name, Yaml.text(text));
    }

    Node number(String name, int number) {
        return set(name, Integer.toString(number));
    }

    /// One of a list.
    Node item() {
        return add(new Node("", Form.ITEM, ""));
    }

    /// The block of this key, made if there is none.
    Node block(String name) {
        return child(name).orElseGet(() -> add(new Node(name, Form.BLOCK, "")));
    }

    Node line(String text) {
        return add(new Node("", Form.TEXT, text));
    }

    Node add(Node child) {
        children.add(child);
        return child;
    }

    /// With its children in another order.
    Node sorted(List<String> order) {
        children.sort(Comparator.comparingInt(child -> order.indexOf(child.key)));
        return this;
    }

    void remove(Node child) {
        children.remove(child);
    }

    boolean isEmpty() {
        return children.isEmpty();
    }
}
