package dev.tandem.render;

import dev.tandem.model.Access;
import dev.tandem.model.AddressRange;
import dev.tandem.model.Site;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Whose connections are taken (`access`), in haproxy.cfg and in files beside it, so that another
/// list is brought over the runtime API and is no reload (decision 0054).
final class AccessLists {
    private AccessLists() {}

    /// The rules of a frontend for connections, when the balancers' own have been taken.
    static void connections(ConfigText text, Site site) {
        Access access = site.frontDoor().access();
        if (access.equals(Access.EVERYBODY)) {
            return;
        }
        text.add(
                """
                    # access: who is not let in is told nothing. The lists are beside this file.
                """);
        if (!access.deny().isEmpty()) {
            text.add(
                    "    tcp-request connection reject if { src -f %s }\n", at(Layout.DENIED_LIST));
        }
        if (!access.allow().isEmpty()) {
            text.add(
                    "    tcp-request connection reject if !{ src -f %s }%s\n",
                    at(Layout.ALLOWED_LIST), TrustedProxies.others(site));
        }
    }

    /// The same for requests: by the client behind a proxy, and over connections that were open
    /// before the list was another one.
    static void requests(ConfigText text, Site site) {
        Access access = site.frontDoor().access();
        if (!access.deny().isEmpty()) {
            text.add(
                    "    http-request deny deny_status 403 if !balancers { src -f %s }\n",
                    at(Layout.DENIED_LIST));
        }
        if (!access.allow().isEmpty()) {
            text.add(
                    "    http-request deny deny_status 403 if !balancers !{ src -f %s }\n",
                    at(Layout.ALLOWED_LIST));
        }
    }

    private static String at(String file) {
        return Layout.Mounted.CONFIGURATION + "/" + file;
    }

    /// The files, by their name in a balancer's directory.
    static SequencedMap<String, String> files(Site site) {
        Access access = site.frontDoor().access();
        SequencedMap<String, String> files = new TreeMap<>();
        put(files, site, Layout.ALLOWED_LIST, access.allow());
        put(files, site, Layout.DENIED_LIST, access.deny());
        return files;
    }

    private static void put(
            SequencedMap<String, String> files, Site site, String name, List<AddressRange> list) {
        if (list.isEmpty()) {
            return;
        }
        ConfigText text = new ConfigText();
        text.add(
                """
                # %s of site %s. Written by Tandem from tandem.yaml (access); change it there.
                """,
                name, site.name());
        Ipv6.ranges(site, list).forEach(range -> text.add("%s\n", range));
        files.put(name, text.toString());
    }
}
