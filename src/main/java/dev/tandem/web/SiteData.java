package dev.tandem.web;

import java.net.URI;
import java.util.List;

/// What the page has to know of a site.
///
/// @param name the site's name
/// @param balancers their names
/// @param servers the web servers, and the servers of TCP services
/// @param asked where balancers are asked, one after the other: `http://192.168.0.151:8404/`
/// @param page the page on the virtual IP
public record SiteData(
        String name, List<String> balancers, List<String> servers, List<URI> asked, URI page) {
    public SiteData {
        balancers = List.copyOf(balancers);
        servers = List.copyOf(servers);
        asked = List.copyOf(asked);
    }
}
