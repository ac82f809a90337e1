package dev.tandem.change.state;

import dev.tandem.change.plan.Step;
import dev.tandem.model.Duty;
import dev.tandem.model.Orders;
import dev.tandem.model.ServerOrder;
import java.util.Locale;
import java.util.TreeMap;

/// Operators' orders as text that can be read with `cat`, one per line:
///
/// ```
/// haproxy-a maintenance
/// web-a drain
/// web-b ready 20%
/// ```
final class OrdersText {
    private OrdersText() {}

    static String of(Orders orders) {
        StringBuilder text = new StringBuilder();
        orders.duties().forEach((name, duty) -> text.append(name + " " + duty.word() + "\n"));
        orders.servers()
                .forEach((name, order) -> text.append(name + " " + Step.text(order) + "\n"));
        return text.toString();
    }

    /// Parses the text; a line that cannot be understood is ignored.
    static Orders parse(String text) {
        TreeMap<String, ServerOrder> servers = new TreeMap<>();
        TreeMap<String, Duty> duties = new TreeMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split(" +");
            if (words.length < 2) {
                continue;
            }
            for (Duty duty : Duty.values()) {
                if (duty.word().equals(words[1])) {
                    duties.put(words[0], duty);
                }
            }
            for (ServerOrder.State state : ServerOrder.State.values()) {
                if (state.name().toLowerCase(Locale.ROOT).equals(words[1])) {
                    servers.put(words[0], new ServerOrder(state, weight(words)));
                }
            }
        }
        return new Orders(servers, duties);
    }

    private static int weight(String[] words) {
        boolean given = words.length > 2 && words[2].matches("([1-9]\\d?|100)%");
        return given ? Integer.parseInt(words[2].substring(0, words[2].length() - 1)) : 100;
    }
}
